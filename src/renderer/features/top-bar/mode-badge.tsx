import { useDeck, useMarket, useSelection } from '../../app/app-context.ts';
import type { MarketMode } from '../../stores/market-store.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './mode-badge.module.css';

const cx = bindClassNames(styles);

const MODES: Readonly<Record<MarketMode, { label: string; title: string }>> = {
  demo: { label: 'DEMO', title: 'Invented prices of the built-in demo exchange' },
  replay: { label: 'REPLAY', title: 'A recording is played back' },
  live: { label: 'LIVE', title: 'Prices of a real exchange, as they come' },
};

/** Where the prices on screen come from: a word in a solid box, and a line across the window. */
export function ModeBadge() {
  const { selectedInstrumentId: id } = useSelection();
  const feedMode = useMarket((state) =>
    id === null ? undefined : state.instrumentFeeds[id]?.mode,
  );
  const mode = useDeck() === undefined ? feedMode : 'replay';
  if (mode === undefined) return <span className={cx('badge', 'unknown')} />;
  const { label, title } = MODES[mode];
  return (
    <>
      <span className={cx('line', mode)} aria-hidden="true" />
      <span className={cx('badge', mode)} title={title} data-testid="mode-badge">
        {label}
      </span>
    </>
  );
}
