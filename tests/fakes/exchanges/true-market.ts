import {
  type BookTop,
  CLOCK_SKEW_MS,
  type Timeline,
  type Truth,
  type TruthTrade,
} from './fake-exchange.ts';
import type { FaultBox } from './fault-box.ts';

type Level = readonly [price: number, size: number];

/** What really happens on the fake exchange, whoever listens. */
export class TrueMarket implements Truth {
  readonly #books = new Map<string, TrueBook>();
  readonly #trades = new Map<string, TruthTrade[]>();
  readonly #depth: number | undefined;

  /** `depth`: as of `TrueBook`, of every book. */
  constructor(depth?: number) {
    this.#depth = depth;
  }

  book(symbol: string): TrueBook {
    let book = this.#books.get(symbol);
    if (!book) {
      book = new TrueBook(this.#depth);
      this.#books.set(symbol, book);
    }
    return book;
  }

  addTrade(symbol: string, trade: TruthTrade): void {
    const trades = this.#trades.get(symbol);
    if (trades) trades.push(trade);
    else this.#trades.set(symbol, [trade]);
  }

  trades(symbol: string): readonly TruthTrade[] {
    return this.#trades.get(symbol) ?? [];
  }

  wasBook(symbol: string, top: BookTop): boolean {
    return this.#books.get(symbol)?.was(top) ?? false;
  }

  currentTop(symbol: string): BookTop | undefined {
    return this.#books.get(symbol)?.top();
  }
}

/** A book with its past: every top that it had. */
export class TrueBook {
  readonly #bids = new TrueSide(-1);
  readonly #asks = new TrueSide(1);
  readonly #tops = new Set<string>();
  readonly #depth: number;

  /** `depth`: levels a side that the exchange keeps; what falls out at the far end is forgotten. */
  constructor(depth = Number.POSITIVE_INFINITY) {
    this.#depth = depth;
  }

  /** `[price, size]`, size 0 removes; one change of state. */
  apply(bids: Iterable<Level>, asks: Iterable<Level>): void {
    for (const [price, size] of bids) this.#bids.set(price, size);
    for (const [price, size] of asks) this.#asks.set(price, size);
    this.#bids.truncate(this.#depth);
    this.#asks.truncate(this.#depth);
    this.#tops.add(keyOf(this.top()));
  }

  clear(): void {
    this.#bids.levels.length = 0;
    this.#asks.levels.length = 0;
  }

  /** Best first. */
  bids(depth = Number.POSITIVE_INFINITY): readonly Level[] {
    return this.#bids.levels.slice(0, depth);
  }

  /** Best first. */
  asks(depth = Number.POSITIVE_INFINITY): readonly Level[] {
    return this.#asks.levels.slice(0, depth);
  }

  top(): BookTop {
    return { bid: this.#bids.levels[0], ask: this.#asks.levels[0] };
  }

  was(top: BookTop): boolean {
    return this.#tops.has(keyOf(top));
  }
}

/** One side, best first. */
class TrueSide {
  readonly levels: Level[] = [];
  /** +1 where a lower price is better (asks), -1 where a higher one is. */
  readonly #direction: 1 | -1;

  constructor(direction: 1 | -1) {
    this.#direction = direction;
  }

  set(price: number, size: number): void {
    let index = 0;
    let end = this.levels.length;
    while (index < end) {
      const middle = (index + end) >>> 1;
      if (((this.levels[middle]?.[0] ?? 0) - price) * this.#direction < 0) index = middle + 1;
      else end = middle;
    }
    const exists = this.levels[index]?.[0] === price;
    if (size !== 0) this.levels.splice(index, exists ? 1 : 0, [price, size]);
    else if (exists) this.levels.splice(index, 1);
  }

  truncate(depth: number): void {
    if (this.levels.length > depth) this.levels.length = depth;
  }
}

const keyOf = ({ bid, ask }: BookTop): string => `${bid?.join('@')}|${ask?.join('@')}`;

/** The exchange's clock: epoch ms to write into a frame that was recorded at `recordedTime`. */
export function exchangeClock(
  timeline: Timeline,
  faults: FaultBox,
  present: () => number,
): (recordedTime: number) => number {
  return (recordedTime) =>
    (timeline === 'present' ? present() : recordedTime) +
    (faults.isOn('clockSkew') ? CLOCK_SKEW_MS : 0);
}
