import type { CandleInterval } from './candle.ts';
import { type Candle, candleOpenTime } from './candle.ts';
import type { EpochMs, Price } from './units.ts';

/** What stands for a value that is not known, in a column whose values are not negative. */
export const NOT_KNOWN = -1;

/** Closed candles, oldest first, in columns: a fraction of the memory of objects. */
export interface CandleColumns {
  readonly count: number;
  /** Epoch milliseconds. */
  readonly openTimes: Float64Array;
  readonly opens: Float64Array;
  readonly highs: Float64Array;
  readonly lows: Float64Array;
  readonly closes: Float64Array;
  readonly volumes: Float64Array;
  /** `NOT_KNOWN` where the source did not tell. */
  readonly buyVolumes: Float64Array;
  readonly tradeCounts: Float64Array;
}

/** Those from `from` on and before `to`. */
export interface CandleSlice {
  readonly columns: CandleColumns;
  readonly from: number;
  readonly to: number;
}

/**
 * One candle after the other in the same object: a backtest shows millions, and to make an object and
 * boxed numbers for each took it a fifth of its time. Who keeps a candle keeps a copy.
 */
export class CandleCursor {
  readonly #candle = {
    ...{ openTime: 0.5 as EpochMs, open: 0.5 as Price, high: 0.5 as Price, low: 0.5 as Price },
    ...{ close: 0.5 as Price, volume: 0.5, isClosed: true },
    buyVolume: null as number | null,
    tradeCount: null as number | null,
  };

  /** As it is until the next call. */
  show(columns: CandleColumns, index: number): Candle {
    const candle = this.#candle;
    candle.openTime = columns.openTimes[index] as EpochMs;
    candle.open = columns.opens[index] as Price;
    candle.high = columns.highs[index] as Price;
    candle.low = columns.lows[index] as Price;
    candle.close = columns.closes[index] as Price;
    candle.volume = columns.volumes[index] ?? 0;
    candle.buyVolume = known(columns.buyVolumes[index]);
    candle.tradeCount = known(columns.tradeCounts[index]);
    return candle;
  }
}

const known = (value: number | undefined): number | null =>
  value === undefined || value === NOT_KNOWN ? null : value;

function candleAt(columns: CandleColumns, index: number): Candle {
  return {
    openTime: columns.openTimes[index] as EpochMs,
    open: columns.opens[index] as Price,
    high: columns.highs[index] as Price,
    low: columns.lows[index] as Price,
    close: columns.closes[index] as Price,
    volume: columns.volumes[index] ?? 0,
    buyVolume: known(columns.buyVolumes[index]),
    tradeCount: known(columns.tradeCounts[index]),
    isClosed: true,
  };
}

export const candlesOf = ({ columns, from, to }: CandleSlice): Candle[] =>
  candlesBetween(columns, from, to);

/** Those from `from` on and before `to`, as objects. */
export function candlesBetween(columns: CandleColumns, from: number, to: number): Candle[] {
  const candles: Candle[] = [];
  for (let index = from; index < to; index++) candles.push(candleAt(columns, index));
  return candles;
}

/** Index of the first candle that opened at `time` or later. */
export function firstSince({ openTimes, count }: CandleColumns, time: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((openTimes[middle] ?? time) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function columnsOf(candles: readonly Candle[]): CandleColumns {
  const column = (pick: (candle: Candle) => number): Float64Array => {
    const values = new Float64Array(candles.length);
    let index = 0;
    for (const candle of candles) values[index++] = pick(candle);
    return values;
  };
  return {
    count: candles.length,
    openTimes: column(({ openTime }) => openTime),
    opens: column(({ open }) => open),
    highs: column(({ high }) => high),
    lows: column(({ low }) => low),
    closes: column(({ close }) => close),
    volumes: column(({ volume }) => volume),
    buyVolumes: column(({ buyVolume }) => buyVolume ?? NOT_KNOWN),
    tradeCounts: column(({ tradeCount }) => tradeCount ?? NOT_KNOWN),
  };
}

export const isOpenTimeOf = (time: EpochMs, interval: CandleInterval): boolean =>
  candleOpenTime(time, interval) === time;
