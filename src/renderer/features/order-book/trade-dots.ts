import type { WireTrade } from '#contract/model.ts';
import type { Side } from '#domain/side.ts';

/** Prints of one column of time, one side and one price. */
export interface TradeDot {
  readonly price: number;
  readonly side: Side;
  size: number;
}

/** More would hide the book behind them. */
const MOST_IN_A_COLUMN = 3;

/** The largest prints of each column of time, in a ring as long as the heatmap. */
export class TradeDots {
  readonly #columns: { number: number; dots: TradeDot[] }[];

  constructor(capacity: number) {
    this.#columns = Array.from({ length: capacity }, () => ({ number: -1, dots: [] }));
  }

  add(number: number, trades: readonly WireTrade[]): void {
    const column = this.#columns[number % this.#columns.length];
    if (column === undefined) return;
    if (column.number !== number) {
      column.number = number;
      column.dots = [];
    }
    for (const { price, side, size } of trades) {
      // A tick of Deriv's is no trade.
      if (!(size > 0)) continue;
      const same = column.dots.find((dot) => dot.price === price && dot.side === side);
      if (same !== undefined) same.size += size;
      else column.dots.push({ price, side, size });
    }
    column.dots.sort((a, b) => b.size - a.size);
    column.dots.length = Math.min(column.dots.length, MOST_IN_A_COLUMN);
  }

  at(number: number): readonly TradeDot[] {
    const column = this.#columns[number % this.#columns.length];
    return column?.number === number ? column.dots : [];
  }
}
