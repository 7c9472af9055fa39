import type { OrderBook } from '#domain/order-book.ts';

/** The book at the end of a short stretch of time. */
export interface BookColumn {
  /** There was no book that could be trusted. */
  readonly isLost: boolean;
  /** Bids and then asks, best first each; only the first `count` of either array are of this column. */
  readonly prices: Float64Array;
  readonly sizes: Float32Array;
  readonly count: number;
  /** NaN where the side is empty: a price may be zero, and below it. */
  readonly bidPrice: number;
  readonly askPrice: number;
}

interface Slot extends BookColumn {
  isLost: boolean;
  count: number;
  bidPrice: number;
  askPrice: number;
}

export interface BookHistoryOptions {
  readonly columnMs: number;
  /** Columns that are kept; the memory is made once and never grows. */
  readonly capacity: number;
  /** Levels that are kept of each side. */
  readonly depth: number;
}

/** The book over time, in a ring of columns. What time passes without a word is as it was before. */
export class BookHistory {
  readonly #options: BookHistoryOptions;
  readonly #slots: Slot[];
  /** Number of the newest column, counted from the beginning of time; null while there is none. */
  #newest: number | null = null;
  #length = 0;

  constructor(options: BookHistoryOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.capacity }, () => ({
      ...{ isLost: true, count: 0, bidPrice: Number.NaN, askPrice: Number.NaN },
      prices: new Float64Array(2 * options.depth),
      sizes: new Float32Array(2 * options.depth),
    }));
  }

  get length(): number {
    return this.#length;
  }

  /** Of the column that `time` is in. Grows by one each `columnMs`. */
  numberAt(time: number): number {
    return Math.floor(time / this.#options.columnMs);
  }

  get newestNumber(): number | null {
    return this.#newest;
  }

  /** The `age`-th newest. */
  at(age: number): BookColumn | undefined {
    if (this.#newest === null || age < 0 || age >= this.#length) return undefined;
    return this.#slot(this.#newest - age);
  }

  /** The book as it is at a time that is not before the last one. Null: there is none to trust. */
  record(time: number, book: OrderBook | null): void {
    const number = this.numberAt(time);
    if (this.#newest !== null && number < this.#newest) return;
    this.#advanceTo(number);
    this.#write(this.#slot(number), book);
  }

  #advanceTo(number: number): void {
    if (this.#newest === null) {
      this.#newest = number;
      this.#length = 1;
      return;
    }
    const { capacity } = this.#options;
    const last = this.#slot(this.#newest);
    const first = Math.max(this.#newest + 1, number - capacity + 1);
    for (let between = first; between < number; between++) copy(last, this.#slot(between));
    this.#length = Math.min(capacity, this.#length + number - this.#newest);
    this.#newest = number;
  }

  #write(slot: Slot, book: OrderBook | null): void {
    slot.isLost = book === null;
    slot.count = 0;
    if (book === null) return;
    slot.bidPrice = book.best('buy')?.[0] ?? Number.NaN;
    slot.askPrice = book.best('sell')?.[0] ?? Number.NaN;
    for (const side of ['buy', 'sell'] as const) {
      const depth = Math.min(this.#options.depth, book.depth(side));
      for (let index = 0; index < depth; index++) {
        const level = book.level(side, index);
        if (level === undefined) break;
        slot.prices[slot.count] = level[0];
        slot.sizes[slot.count] = level[1];
        slot.count += 1;
      }
    }
  }

  #slot(number: number): Slot {
    return this.#slots[number % this.#options.capacity] as Slot;
  }
}

function copy(from: Slot, to: Slot): void {
  if (from === to) return;
  to.isLost = from.isLost;
  to.count = from.count;
  to.bidPrice = from.bidPrice;
  to.askPrice = from.askPrice;
  to.prices.set(from.prices);
  to.sizes.set(from.sizes);
}
