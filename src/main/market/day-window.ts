import { type Candle, INTERVAL_MS } from '#domain/candle.ts';
import { type EpochMs, higherOf, lowerOf, type Price } from '#domain/units.ts';

const MINUTES = 1_440;

export interface DayStatistics {
  readonly openPrice: Price;
  readonly highPrice: Price;
  readonly lowPrice: Price;
  readonly volume: number;
}

/**
 * 24 h statistics at a minute's grain: the 1m candles of the last 1,440 minutes. The closed ones are
 * summed up once a minute; the minute in progress is added on reading.
 */
export class DayWindow {
  #sumFor: EpochMs | null = null;
  #closed: DayStatistics | null = null;

  /** `minutes` are the 1m candles, oldest first, the last one in progress. */
  statistics(minutes: (limit: number) => readonly Candle[], current: Candle): DayStatistics {
    if (this.#sumFor !== current.openTime) {
      this.#sumFor = current.openTime;
      this.#closed = summarize(minutes(MINUTES), current.openTime);
    }
    const closed = this.#closed;
    if (!closed) {
      return {
        openPrice: current.open,
        highPrice: current.high,
        lowPrice: current.low,
        volume: current.volume,
      };
    }
    return {
      openPrice: closed.openPrice,
      highPrice: higherOf(current.high, closed.highPrice),
      lowPrice: lowerOf(current.low, closed.lowPrice),
      volume: closed.volume + current.volume,
    };
  }

  /** Forgets the sum: history was put in front, or a late trade changed a closed minute. */
  invalidate(): void {
    this.#sumFor = null;
  }
}

function summarize(candles: readonly Candle[], currentOpenTime: EpochMs): DayStatistics | null {
  const from = currentOpenTime - (MINUTES - 1) * INTERVAL_MS['1m'];
  const day = candles.filter(({ openTime }) => openTime >= from && openTime < currentOpenTime);
  const first = day[0];
  if (!first) return null;
  let { high, low } = first;
  let volume = 0;
  for (const candle of day) {
    high = higherOf(high, candle.high);
    low = lowerOf(low, candle.low);
    volume += candle.volume;
  }
  return { openPrice: first.open, highPrice: high, lowPrice: low, volume };
}
