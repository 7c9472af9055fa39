import { memo, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { useActions, useMarket } from '../../app/app-context.ts';
import { feedLiveness, type NotLive } from '../../stores/liveness.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { FlashNumber } from '../../ui/flash-number.tsx';
import { formatBps, formatClock, formatPrice, NOTHING } from '../../ui/format.ts';
import { SignedPercent } from '../../ui/signed.tsx';
import { Sparkline } from './sparkline.tsx';
import styles from './watchlist-row.module.css';

const cx = bindClassNames(styles);

export interface WatchlistRowProps {
  readonly instrument: Instrument;
  readonly isSelected: boolean;
  readonly onSelect: (id: InstrumentId) => void;
  /** Undefined of what cannot be removed here: a deck's. */
  readonly onRemove: ((id: InstrumentId) => void) | undefined;
}

interface ChangeProps {
  readonly percent: number | undefined;
  readonly isDimmed?: boolean;
}

function Change({ percent, isDimmed = false }: ChangeProps) {
  const { t } = useTranslation('watchlist');
  return (
    <span className={cx('change', isDimmed && 'dimmed')} title={t('change24h')}>
      <SignedPercent value={percent} />
    </span>
  );
}

const NO_PRICES: readonly number[] = [];

/** One instrument. Renders when its own ticker changes, at most once a frame. */
export const WatchlistRow = memo(function WatchlistRow(props: WatchlistRowProps) {
  const { instrument, isSelected, onSelect, onRemove } = props;
  const ticker = useMarket((state) => state.tickers[instrument.id]);
  const prices = useMarket((state) => state.sparklines[instrument.id] ?? NO_PRICES);
  const feed = useMarket((state) => state.instrumentFeeds[instrument.id]);
  const { t } = useTranslation('watchlist');
  const { showSparkline } = useActions();
  useEffect(() => showSparkline(instrument.id), [showSparkline, instrument.id]);
  const notLive = feed === undefined ? null : feedLiveness(feed.state, feed.lastEventTime);
  const since = sinceText(feed?.lastEventTime);
  const hasLine = notLive === null && prices.length > 1;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the tree has the keyboard
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keyboard
    <div
      className={cx('row', isSelected && 'selected')}
      data-testid={`watchlist-row-${instrument.id}`}
      data-state={feed?.state.kind}
      onClick={() => onSelect(instrument.id)}
    >
      <span
        className={cx('symbol', !hasLine && 'alone', notLive !== null && 'dimmed')}
        title={instrument.symbol}
      >
        {instrument.symbol}
        {notLive !== null && <span className={cx('aside')}> {instrument.exchange}</span>}
      </span>
      {hasLine && (
        <span className={cx('line')} title={t('lastHour')}>
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
          <Venue exchange={instrument.exchange} bid={ticker?.bid} ask={ticker?.ask} />
          <Change percent={ticker?.change24h} />
        </>
      ) : (
        <span className={cx('foot')}>
          <span
            className={cx('below', 'state', !RESTING.has(notLive.kind) && 'warning')}
            title={notLive.detail}
          >
            {notLive.label} <span className={cx('detail')}>{since}</span>
          </span>
          <Spread bid={ticker?.bid} ask={ticker?.ask} asOf={since} />
          <Change percent={ticker?.change24h} isDimmed />
        </span>
      )}
      {onRemove !== undefined && <RemoveButton instrument={instrument} onRemove={onRemove} />}
    </div>
  );
});

interface VenueProps {
  readonly exchange: string;
  readonly bid: number | null | undefined;
  readonly ask: number | null | undefined;
}

/** Where it is traded, and how far apart the best bid and ask are. */
const Venue = ({ exchange, bid, ask }: VenueProps) => (
  <span className={cx('below')}>
    {exchange} <Spread {...{ bid, ask }} />
  </span>
);

interface SpreadProps extends Pick<VenueProps, 'bid' | 'ask'> {
  /** When it was so, where that is not now; empty: nobody knows. */
  readonly asOf?: string;
}

function Spread({ bid, ask, asOf }: SpreadProps) {
  const { t } = useTranslation('watchlist');
  const spread = spreadText(bid, ask);
  if (spread === '') return null;
  const isPast = asOf !== undefined && asOf !== '';
  return (
    <span
      className={cx('spread', asOf !== undefined && 'past')}
      title={isPast ? t('spreadAsOf', { spread, time: asOf }) : t('spread', { spread })}
      data-testid="watchlist-spread"
    >
      {spread}
    </span>
  );
}

function spreadText(bid: number | null | undefined, ask: number | null | undefined): string {
  if (bid === null || bid === undefined || ask === null || ask === undefined) return '';
  const middle = (bid + ask) / 2;
  return middle === 0 ? '' : formatBps(((ask - bid) / Math.abs(middle)) * 10_000);
}

interface RemoveButtonProps {
  readonly instrument: Instrument;
  readonly onRemove: (id: InstrumentId) => void;
}

const RemoveButton = memo(function RemoveButton({ instrument, onRemove }: RemoveButtonProps) {
  const { t } = useTranslation('watchlist');
  const label = t('remove', { name: instrument.id });
  return (
    <button
      type="button"
      className={cx('remove')}
      tabIndex={-1}
      aria-label={label}
      title={label}
      data-testid={`watchlist-remove-${instrument.id}`}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation();
        onRemove(instrument.id);
      }}
    >
      ×
    </button>
  );
});

/** Not live, and nothing is wrong. */
const RESTING: ReadonlySet<NotLive['kind']> = new Set(['closed', 'ended']);

const sinceText = (time: number | null | undefined): string =>
  time === null || time === undefined ? '' : formatClock(time);
