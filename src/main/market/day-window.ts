import { type Candle, INTERVAL_MS } from '#domain/candle.ts';
import { type EpochMs, higherOf, lowerOf } from '#domain/units.ts';
import type { StretchStatistics } from './held-candles.ts';

const DAY_MINUTES = 1_440;

/**
 * 24 h statistics at a minute's grain: the 1m candles of the last 1,440 minutes. The closed ones are
 * summed up once a minute; the minute in progress is added on reading.
 */
export class DayWindow {
  #sumFor: EpochMs | null = null;
  #closed: StretchStatistics | null = null;

  /** `closed` tells of the 1m candles that opened in a stretch, before the one in progress. */
  statistics(
    closed: (fromTime: number, toTime: number) => StretchStatistics | null,
    current: Candle,
  ): StretchStatistics {
    const { openTime, open, high, low, volume } = current;
    if (this.#sumFor !== openTime) {
      this.#sumFor = openTime;
      this.#closed = closed(openTime - (DAY_MINUTES - 1) * INTERVAL_MS['1m'], openTime);
    }
    const sum = this.#closed;
    if (!sum) return { openPrice: open, highPrice: high, lowPrice: low, volume };
    return {
      openPrice: sum.openPrice,
      highPrice: higherOf(high, sum.highPrice),
      lowPrice: lowerOf(low, sum.lowPrice),
      volume: sum.volume + volume,
    };
  }

  /** Forgets the sum: history was put in front, or a late trade changed a closed minute. */
  invalidate(): void {
    this.#sumFor = null;
  }
}
