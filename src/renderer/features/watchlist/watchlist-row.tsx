import { memo, useEffect } from 'react';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { useActions, useMarket } from '../../app/app-context.ts';
import { feedLiveness, type NotLive } from '../../stores/liveness.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { FlashNumber } from '../../ui/flash-number.tsx';
import { formatClock, formatPrice, NOTHING } from '../../ui/format.ts';
import { SignedPercent } from '../../ui/signed.tsx';
import { Sparkline } from './sparkline.tsx';
import styles from './watchlist-row.module.css';

const cx = bindClassNames(styles);

export interface WatchlistRowProps {
  readonly id: string;
  readonly instrument: Instrument;
  readonly isSelected: boolean;
  readonly onSelect: (id: InstrumentId) => void;
}

interface ChangeProps {
  readonly percent: number | undefined;
  readonly isDimmed?: boolean;
}

function Change({ percent, isDimmed = false }: ChangeProps) {
  return (
    <span className={cx('change', isDimmed && 'dimmed')}>
      <SignedPercent value={percent} />
    </span>
  );
}

const NO_PRICES: readonly number[] = [];

/** One instrument. Renders when its own ticker changes, at most once a frame. */
export const WatchlistRow = memo(function WatchlistRow(props: WatchlistRowProps) {
  const { id, instrument, isSelected, onSelect } = props;
  const ticker = useMarket((state) => state.tickers[instrument.id]);
  const prices = useMarket((state) => state.sparklines[instrument.id] ?? NO_PRICES);
  const feed = useMarket((state) => state.instrumentFeeds[instrument.id]);
  const { showSparkline } = useActions();
  useEffect(() => showSparkline(instrument.id), [showSparkline, instrument.id]);
  const notLive = feed === undefined ? null : feedLiveness(feed.state, feed.lastEventTime);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box has the keyboard
    <div
      id={id}
      role="option"
      aria-selected={isSelected}
      tabIndex={isSelected ? 0 : -1}
      className={cx('row', isSelected && 'selected')}
      data-testid={`watchlist-row-${instrument.id}`}
      data-state={feed?.state.kind}
      onClick={() => onSelect(instrument.id)}
      ref={isSelected ? scrollIntoView : undefined}
    >
      <span className={cx('symbol', notLive !== null && 'dimmed')}>{instrument.symbol}</span>
      {notLive === null && (
        <span className={cx('line')}>
          <Sparkline prices={prices} />
        </span>
      )}
      <span className={cx('price', notLive !== null && 'dimmed')}>
        {ticker === undefined ? (
          NOTHING
        ) : (
          <FlashNumber
            value={ticker.price}
            text={formatPrice(ticker.price, instrument.priceIncrement)}
            testId={`price-${instrument.id}`}
          />
        )}
      </span>
      {notLive === null ? (
        <>
          <span className={cx('below')}>{instrument.exchange}</span>
          <Change percent={ticker?.change24h} />
        </>
      ) : (
        <span className={cx('foot')}>
          <span
            className={cx('below', 'state', !RESTING.has(notLive.kind) && 'warning')}
            title={notLive.detail}
          >
            {notLive.label} <span className={cx('detail')}>{sinceText(feed?.lastEventTime)}</span>
          </span>
          <Change percent={ticker?.change24h} isDimmed />
        </span>
      )}
    </div>
  );
});

/** Not live, and nothing is wrong. */
const RESTING: ReadonlySet<NotLive['kind']> = new Set(['closed', 'ended']);

const sinceText = (time: number | null | undefined): string =>
  time === null || time === undefined ? '' : formatClock(time);

const scrollIntoView = (element: HTMLElement | null) =>
  element?.scrollIntoView({ block: 'nearest' });
