import type { Side } from '#domain/side.ts';
import { bindClassNames } from './class-names.ts';
import styles from './side-text.module.css';

const cx = bindClassNames(styles);

/** Which way, by arrow, word and colour. */
export const SideText = ({ side }: { readonly side: Side }) => (
  <span className={cx(side)}>
    <span aria-hidden="true">{side === 'buy' ? '▲' : '▼'}</span> {side}
  </span>
);
