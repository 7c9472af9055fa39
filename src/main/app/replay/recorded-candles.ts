import {
  type Candle,
  type CandleInterval,
  INTERVAL_MS,
  intervalStartFrom,
} from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import { aggregateCandles } from '#main/market/aggregate-candles.ts';
import { CandleSeries } from '#main/market/candle-series.ts';
import type { TimeRange, TradedVolume } from '#main/replay/replay-source.ts';

/** All candles of a recording, by the second, made of its trades as a market makes them. */
export class RecordedCandles {
  readonly #byInstrument = new Map<InstrumentId, InstrumentCandles>();

  add(trade: Trade): void {
    let candles = this.#byInstrument.get(trade.instrumentId);
    if (!candles) {
      candles = new InstrumentCandles();
      this.#byInstrument.set(trade.instrumentId, candles);
    }
    candles.add(trade);
  }

  /** Whole and closed, of those that opened in the range. */
  list(id: InstrumentId, interval: CandleInterval, range: TimeRange): readonly Candle[] {
    return this.#byInstrument.get(id)?.list(interval, range) ?? [];
  }

  /** Of each second. */
  volumes(id: InstrumentId): readonly TradedVolume[] {
    const seconds = this.#byInstrument.get(id)?.seconds() ?? [];
    return seconds.map(({ openTime: time, volume }) => ({ time, volume }));
  }
}

class InstrumentCandles {
  /** All that there are. */
  readonly #series = new CandleSeries('1s', Number.POSITIVE_INFINITY);
  #minutes: readonly Candle[] | null = null;

  add(trade: Trade): void {
    this.#minutes = null;
    this.#series.add(trade);
  }

  seconds(): readonly Candle[] {
    return closed(this.#series.list(Number.POSITIVE_INFINITY));
  }

  list(interval: CandleInterval, { fromTime, toTime }: TimeRange): readonly Candle[] {
    if (interval === '1s') return closed(this.#series.between(fromTime, toTime));
    this.#minutes ??= aggregateCandles(this.seconds(), '1m');
    const intervalMs = INTERVAL_MS[interval];
    const since = intervalStartFrom(fromTime, intervalMs);
    const minutes = between(this.#minutes, since, intervalStartFrom(toTime, intervalMs));
    return interval === '1m' ? minutes : aggregateCandles(minutes, interval);
  }
}

/** The last one may be in progress: the recording ends in it. */
function closed(candles: readonly Candle[]): readonly Candle[] {
  const last = candles.at(-1);
  return !last || last.isClosed ? candles : [...candles.slice(0, -1), { ...last, isClosed: true }];
}

const between = (candles: readonly Candle[], fromTime: number, toTime: number) =>
  candles.slice(indexOf(candles, fromTime), indexOf(candles, toTime));

/** Of the first that opened at or after `time`. */
function indexOf(candles: readonly Candle[], time: number): number {
  let low = 0;
  let high = candles.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((candles[middle]?.openTime ?? time) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
