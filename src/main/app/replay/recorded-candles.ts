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
  readonly #series = new CandleSeries('1s');
  /** As many as there are: the series forgets old ones. */
  readonly #seconds: Candle[] = [];
  #minutes: readonly Candle[] | null = null;

  add(trade: Trade): void {
    this.#minutes = null;
    const changed = this.#series.add(trade);
    if (changed !== 'grew') for (const candle of changed) this.#put(candle);
  }

  seconds(): readonly Candle[] {
    const { last } = this.#series;
    if (last) this.#put({ ...last, isClosed: true });
    return this.#seconds;
  }

  list(interval: CandleInterval, { fromTime, toTime }: TimeRange): readonly Candle[] {
    if (interval === '1s') return between(this.seconds(), fromTime, toTime);
    this.#minutes ??= aggregateCandles(this.seconds(), '1m');
    const intervalMs = INTERVAL_MS[interval];
    const since = intervalStartFrom(fromTime, intervalMs);
    const minutes = between(this.#minutes, since, intervalStartFrom(toTime, intervalMs));
    return interval === '1m' ? minutes : aggregateCandles(minutes, interval);
  }

  #put(candle: Candle): void {
    const last = this.#seconds.at(-1);
    if (!last || last.openTime < candle.openTime) {
      this.#seconds.push(candle);
      return;
    }
    const index = indexOf(this.#seconds, candle.openTime);
    const isKnown = this.#seconds[index]?.openTime === candle.openTime;
    this.#seconds.splice(index, isKnown ? 1 : 0, candle);
  }
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
