import { useTranslation } from 'react-i18next';
import { useDeck, useMarket, useSelection } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './mode-badge.module.css';

const cx = bindClassNames(styles);

/** Where the prices on screen come from: a word in a solid box, and a line across the window. */
export function ModeBadge() {
  const { t } = useTranslation('top-bar');
  const { selectedInstrumentId: id } = useSelection();
  const feedMode = useMarket((state) =>
    id === null ? undefined : state.instrumentFeeds[id]?.mode,
  );
  const mode = useDeck() === undefined ? feedMode : 'replay';
  if (mode === undefined) return <span className={cx('badge', 'unknown')} />;
  return (
    <>
      <span className={cx('line', mode)} aria-hidden="true" />
      <span className={cx('badge', mode)} title={t(`modes.${mode}.title`)} data-testid="mode-badge">
        {t(`modes.${mode}.label`)}
      </span>
    </>
  );
}
