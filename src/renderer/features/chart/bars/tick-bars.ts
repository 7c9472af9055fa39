import type { WireTrade } from '#contract/model.ts';
import type { Candle } from '#domain/candle.ts';
import { type EpochMs, higherOf, lowerOf } from '#domain/units.ts';
import { lastIndexAt } from './last-index-at.ts';

/** Bars that open in the same millisecond are told apart by this much; the chart wants each time once. */
const APART_MS = 0.001;

/**
 * Bars of so many trades each. They are counted from the first trade that was loaded, forwards and
 * backwards, so that bars keep their trades when older ones come.
 */
export class TickBars {
  readonly #size: number;
  #bars: Candle[] = [];
  /** Older trades that do not make a whole bar yet, oldest first. */
  #leftover: readonly WireTrade[] = [];

  constructor(tradesPerBar: number) {
    this.#size = tradesPerBar;
  }

  get bars(): readonly Candle[] {
    return this.#bars;
  }

  /** What the bar in progress lacks. */
  get tradesLeft(): number {
    const last = this.#bars.at(-1);
    return last === undefined || last.isClosed ? this.#size : this.#size - (last.tradeCount ?? 0);
  }

  start(trades: readonly WireTrade[]): void {
    this.#bars = [];
    this.#leftover = [];
    for (const trade of trades) this.append(trade);
  }

  /** Returns the bar that the trade is in: the last, or a new one. */
  append(trade: WireTrade): Candle {
    const last = this.#bars.at(-1);
    const isGrowing = last !== undefined && !last.isClosed;
    const bar = isGrowing ? grown(last, trade) : opened(trade, openTimeAfter(last, trade));
    const isClosed = bar.tradeCount === this.#size;
    const next = { ...bar, isClosed };
    if (isGrowing) this.#bars[this.#bars.length - 1] = next;
    else this.#bars.push(next);
    return next;
  }

  /** Takes in trades before all that are known, oldest first. Returns whether bars came of them. */
  prepend(trades: readonly WireTrade[]): boolean {
    const older = [...trades, ...this.#leftover];
    const cut = older.length % this.#size;
    this.#leftover = older.slice(0, cut);
    const before = new TickBars(this.#size);
    for (const trade of older.slice(cut)) before.append(trade);
    const bars = [...before.#bars];
    let next = this.#bars[0]?.openTime ?? Number.POSITIVE_INFINITY;
    for (let index = bars.length - 1; index >= 0; index--) {
      const bar = bars[index];
      if (bar === undefined || bar.openTime < next) break;
      bars[index] = { ...bar, openTime: (next - APART_MS) as EpochMs };
      next -= APART_MS;
    }
    this.#bars = [...bars, ...this.#bars];
    return bars.length > 0;
  }

  /** Drops the oldest bars past `most`. Returns whether there were any. */
  trim(most: number): boolean {
    if (this.#bars.length <= most) return false;
    this.#bars = this.#bars.slice(-most);
    this.#leftover = [];
    return true;
  }

  at(time: EpochMs): Candle | undefined {
    return this.#bars[lastIndexAt(this.#bars, time, ({ openTime }) => openTime)];
  }
}

const openTimeAfter = (last: Candle | undefined, { timestamp }: WireTrade): EpochMs =>
  (last === undefined ? timestamp : Math.max(timestamp, last.openTime + APART_MS)) as EpochMs;

const opened = ({ price, size, side }: WireTrade, openTime: EpochMs): Candle => ({
  ...{ openTime, open: price, high: price, low: price, close: price },
  ...{ volume: size, buyVolume: side === 'buy' ? size : 0, tradeCount: 1, isClosed: false },
});

const grown = (bar: Candle, { price, size, side }: WireTrade): Candle => ({
  ...bar,
  high: higherOf(bar.high, price),
  low: lowerOf(bar.low, price),
  close: price,
  volume: bar.volume + size,
  buyVolume: (bar.buyVolume ?? 0) + (side === 'buy' ? size : 0),
  tradeCount: (bar.tradeCount ?? 0) + 1,
});
