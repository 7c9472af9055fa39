import type { BookLevel, OrderBook } from '#domain/order-book.ts';
import type { Side } from '#domain/side.ts';

/** As Bybit writes it: plain decimals without trailing zeros. */
export const decimal = (value: number): string => value.toFixed(8).replace(/\.?0+$/, '');

/** Levels as `[price, size]` of text, and the id of the state that they make or lead to. */
export interface BookState {
  readonly b: readonly (readonly [string, string])[];
  readonly a: readonly (readonly [string, string])[];
  readonly u: number;
}

type Shown = ReadonlyMap<number, number>;

/** One topic `orderbook.{depth}.{symbol}`: what its subscribers hold, and the id of that state. */
export class DepthStream {
  readonly #depth: number;
  readonly #book: OrderBook;
  #bids: Shown;
  #asks: Shown;
  #updateId = 1;

  constructor(depth: number, book: OrderBook) {
    this.#depth = depth;
    this.#book = book;
    this.#bids = this.#now('buy');
    this.#asks = this.#now('sell');
  }

  /** The whole state as it was told last. */
  snapshot(): BookState {
    return { b: levelsOf(this.#bids), a: levelsOf(this.#asks), u: this.#updateId };
  }

  /** What leads to the book's present state, under the next id; undefined where nothing changed. */
  advance(): BookState | undefined {
    const bids = this.#now('buy');
    const asks = this.#now('sell');
    const b = difference(this.#bids, bids);
    const a = difference(this.#asks, asks);
    if (b.length + a.length === 0) return undefined;
    this.#bids = bids;
    this.#asks = asks;
    this.#updateId++;
    return { b, a, u: this.#updateId };
  }

  /** The service starts anew: ids begin at 1, with a snapshot of the present state. */
  restart(): BookState {
    this.#bids = this.#now('buy');
    this.#asks = this.#now('sell');
    this.#updateId = 1;
    return this.snapshot();
  }

  #now(side: Side): Shown {
    const levels: BookLevel[] = [];
    for (let index = 0; index < this.#depth; index++) {
      const level = this.#book.level(side, index);
      if (!level) break;
      levels.push(level);
    }
    return new Map(levels);
  }
}

const levelsOf = (side: Shown): [string, string][] =>
  [...side].map(([price, size]) => [decimal(price), decimal(size)]);

/** A level that fell out of the depth is removed like one that is gone: size 0. */
function difference(before: Shown, now: Shown): [string, string][] {
  const changes: [string, string][] = [];
  for (const price of before.keys()) if (!now.has(price)) changes.push([decimal(price), '0']);
  for (const [price, size] of now) {
    if (before.get(price) !== size) changes.push([decimal(price), decimal(size)]);
  }
  return changes;
}
