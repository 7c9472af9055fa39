import { type Candle, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import type { Trade } from '#domain/trade.ts';
import { type EpochMs, higherOf, lowerOf } from '#domain/units.ts';
import { aggregateCandles, sumIfKnown } from './aggregate-candles.ts';

/** A stretch that was missed. */
export interface MissedStretch {
  /** Of our clock: the gap's. */
  readonly fromTime: EpochMs;
  readonly toTime: EpochMs;
  /**
   * The live trades on both sides of it, by the exchange's clock. Null where nothing came live before
   * it, and until something comes after it.
   */
  readonly tradeBefore: EpochMs | null;
  tradeAfter: EpochMs | null;
}

/** The candles of missed trades alone (oldest first), at the finest grain. All come out closed. */
export function candlesOfMissed(
  trades: readonly Trade[],
  interval: CandleInterval,
): readonly Candle[] {
  return aggregateCandles(trades.map(candleOf), interval);
}

const candleOf = ({ price, size, aggressorSide, eventTime }: Trade): Candle => ({
  ...{ openTime: eventTime, open: price, high: price, low: price, close: price, volume: size },
  ...{ buyVolume: aggressorSide === 'buy' ? size : 0, tradeCount: 1, isClosed: true },
});

/** A candle made of live trades, with the missed ones that belong into it. */
export function withMissed(
  known: Candle,
  missed: Candle,
  interval: CandleInterval,
  {
    tradeBefore,
    tradeAfter,
  }: { readonly tradeBefore: EpochMs; readonly tradeAfter: EpochMs | null },
): Candle {
  const endTime = known.openTime + INTERVAL_MS[interval];
  // Whichever side of the outage the candle reaches over to has its first, or its last, trade.
  const beganBefore = tradeBefore >= known.openTime;
  const endedAfter = tradeAfter !== null && tradeAfter < endTime;
  return {
    ...known,
    open: beganBefore ? known.open : missed.open,
    high: higherOf(known.high, missed.high),
    low: lowerOf(known.low, missed.low),
    close: endedAfter ? known.close : missed.close,
    volume: known.volume + missed.volume,
    buyVolume: sumIfKnown(known.buyVolume, missed.buyVolume),
    tradeCount: sumIfKnown(known.tradeCount, missed.tradeCount),
  };
}
