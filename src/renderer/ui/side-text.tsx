import { useTranslation } from 'react-i18next';
import type { Side } from '#domain/side.ts';
import { bindClassNames } from './class-names.ts';
import { SIDE_ARROWS } from './side-arrow.ts';
import styles from './side-text.module.css';

const cx = bindClassNames(styles);

/** Which way, by arrow, word and colour. */
export function SideText({ side }: { readonly side: Side }) {
  const { t } = useTranslation('common');
  return (
    <span className={cx(side)}>
      <span aria-hidden="true">{SIDE_ARROWS[side]}</span> {t(`sides.${side}`)}
    </span>
  );
}
