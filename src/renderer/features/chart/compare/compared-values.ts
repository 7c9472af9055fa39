import type { Candle } from '#domain/candle.ts';
import { lastIndexAt } from '../bars/last-index-at.ts';

export interface ComparedValue {
  readonly openTime: Candle['openTime'];
  /** Null where the other instrument had no trade in this bar. */
  readonly close: number | null;
}

/** The closes of another instrument at the times of this one's bars: the time axis stays this one's. */
export function alignedCloses(
  bars: readonly Candle[],
  others: readonly Candle[],
): readonly ComparedValue[] {
  let index = 0;
  return bars.map(({ openTime }) => {
    while ((others[index]?.openTime ?? Number.POSITIVE_INFINITY) < openTime) index += 1;
    const other = others[index];
    return { openTime, close: other?.openTime === openTime ? other.close : null };
  });
}

/** The other's close in one bar. */
export function closeAt(others: readonly Candle[], openTime: number): number | null {
  const other = others[lastIndexAt(others, openTime, (candle) => candle.openTime)];
  return other?.openTime === openTime ? other.close : null;
}
