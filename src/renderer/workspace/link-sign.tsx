import { type Link, PINNED } from '../stores/links.ts';
import { bindClassNames } from '../ui/class-names.ts';
import styles from './link-sign.module.css';

const cx = bindClassNames(styles);

/** A group's sign: a letter on its colour, so that colour is not the only one. */
export const LinkSign = ({ link }: { readonly link: Link }) => (
  <span className={cx('sign', link)} aria-hidden="true">
    {link === PINNED ? '•' : link}
  </span>
);
