import { type Candle, type CandleInterval, candleOpenTime, INTERVAL_MS } from '#domain/candle.ts';
import type { Trade } from '#domain/trade.ts';
import { type EpochMs, higherOf, lowerOf } from '#domain/units.ts';

/** A stretch that was missed. */
export interface MissedStretch {
  /** Of our clock: the gap's. */
  readonly fromTime: EpochMs;
  readonly toTime: EpochMs;
  /** The live trades on both sides of it, by the exchange's clock; null until there is one. */
  readonly tradeBefore: EpochMs;
  tradeAfter: EpochMs | null;
}

/** The candles of missed trades alone (oldest first), at the finest grain. All come out closed. */
export function candlesOfMissed(
  trades: readonly Trade[],
  interval: CandleInterval,
): readonly Candle[] {
  const candles: Candle[] = [];
  for (const { price, size, aggressorSide, eventTime } of trades) {
    const openTime = candleOpenTime(eventTime, interval);
    const bought = aggressorSide === 'buy' ? size : 0;
    const last = candles.at(-1);
    if (last?.openTime !== openTime) {
      candles.push({
        ...{ openTime, open: price, high: price, low: price, close: price },
        ...{ volume: size, buyVolume: bought, tradeCount: 1, isClosed: true },
      });
      continue;
    }
    candles[candles.length - 1] = {
      ...last,
      high: higherOf(price, last.high),
      low: lowerOf(price, last.low),
      close: price,
      volume: last.volume + size,
      buyVolume: last.buyVolume + bought,
      tradeCount: last.tradeCount + 1,
    };
  }
  return candles;
}

/** A candle made of live trades, with the missed ones that belong into it. */
export function withMissed(
  known: Candle,
  missed: Candle,
  interval: CandleInterval,
  { tradeBefore, tradeAfter }: MissedStretch,
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
    buyVolume: known.buyVolume + missed.buyVolume,
    tradeCount: known.tradeCount + missed.tradeCount,
  };
}
