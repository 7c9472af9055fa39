import { type Candle, type CandleInterval, candleOpenTime } from '#domain/candle.ts';

type GrowingCandle = { -readonly [Field in keyof Candle]: Candle[Field] };

/** Null where a part is not known. */
export const sumIfKnown = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a + b;

/** Merges finer candles (oldest first) into those of a coarser interval. All come out closed. */
export function aggregateCandles(
  candles: readonly Candle[],
  interval: CandleInterval,
): readonly Candle[] {
  const merged: Candle[] = [];
  let growing: GrowingCandle | undefined;
  for (const candle of candles) {
    const openTime = candleOpenTime(candle.openTime, interval);
    if (growing?.openTime !== openTime) {
      growing = { ...candle, openTime, isClosed: true };
      merged.push(growing);
      continue;
    }
    if (candle.high > growing.high) growing.high = candle.high;
    if (candle.low < growing.low) growing.low = candle.low;
    growing.close = candle.close;
    growing.volume += candle.volume;
    growing.buyVolume = sumIfKnown(growing.buyVolume, candle.buyVolume);
    growing.tradeCount = sumIfKnown(growing.tradeCount, candle.tradeCount);
  }
  return merged;
}
