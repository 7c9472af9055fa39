import type { InstrumentId } from './instrument.ts';
import type { Side } from './side.ts';
import type { EpochMs } from './units.ts';

/** `[price, size]`; in a delta, size 0 removes the level. */
export type BookLevel = readonly [price: number, size: number];

export interface BookSnapshot {
  readonly instrumentId: InstrumentId;
  /** Best first. */
  readonly bids: readonly BookLevel[];
  /** Best first. */
  readonly asks: readonly BookLevel[];
  /** The exchange's sequence that this state corresponds to. */
  readonly sequence: number;
  readonly eventTime: EpochMs | null;
  readonly receivedTime: EpochMs;
}

export interface BookDelta {
  readonly instrumentId: InstrumentId;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  /** The exchange's sequence after this delta. */
  readonly sequence: number;
  readonly eventTime: EpochMs | null;
  readonly receivedTime: EpochMs;
}

/**
 * The levels of one side in ascending order of *rank*, best first. Binary search to find, splice to
 * change: books change near the top, where the arrays' tails that move are short to reach and
 * `splice` is a memmove.
 */
class BookSide {
  readonly #prices: number[] = [];
  readonly #sizes: number[] = [];
  /** +1 where a lower price is better (asks), -1 where a higher one is (bids). */
  readonly #direction: 1 | -1;

  constructor(direction: 1 | -1) {
    this.#direction = direction;
  }

  get length(): number {
    return this.#prices.length;
  }

  clear(): void {
    this.#prices.length = 0;
    this.#sizes.length = 0;
  }

  set(price: number, size: number): void {
    const index = this.#indexOf(price);
    const exists = this.#prices[index] === price;
    if (size === 0) {
      if (!exists) return;
      this.#prices.splice(index, 1);
      this.#sizes.splice(index, 1);
    } else if (exists) {
      this.#sizes[index] = size;
    } else {
      this.#prices.splice(index, 0, price);
      this.#sizes.splice(index, 0, size);
    }
  }

  /** Of a side that is empty: levels that are in order, as they mostly are, are not looked up. */
  fill(levels: readonly BookLevel[]): void {
    for (const [price, size] of levels) {
      const last = this.#prices[this.#prices.length - 1];
      const isNext = last === undefined || (last - price) * this.#direction < 0;
      if (!isNext || size === 0) {
        this.set(price, size);
        continue;
      }
      this.#prices.push(price);
      this.#sizes.push(size);
    }
  }

  sizeAt(price: number): number {
    const index = this.#indexOf(price);
    return this.#prices[index] === price ? (this.#sizes[index] ?? 0) : 0;
  }

  at(index: number): BookLevel | undefined {
    const price = this.#prices[index];
    const size = this.#sizes[index];
    return price === undefined || size === undefined ? undefined : [price, size];
  }

  levels(depth: number): BookLevel[] {
    const count = Math.min(depth, this.#prices.length);
    return Array.from({ length: count }, (_, i) => [
      this.#prices[i] as number,
      this.#sizes[i] as number,
    ]);
  }

  /** First index whose price is not better than `price`. */
  #indexOf(price: number): number {
    let low = 0;
    let high = this.#prices.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (((this.#prices[middle] as number) - price) * this.#direction < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The book of one instrument: a snapshot, kept current by deltas. Knows no exchange's rules. */
export class OrderBook {
  readonly instrumentId: InstrumentId;
  readonly #bids = new BookSide(-1);
  readonly #asks = new BookSide(1);
  #sequence: number | null = null;
  #eventTime: EpochMs | null = null;
  #receivedTime = 0 as EpochMs;

  constructor(instrumentId: InstrumentId) {
    this.instrumentId = instrumentId;
  }

  /** Null while there is no book: none was received yet, or the last one was thrown away. */
  get sequence(): number | null {
    return this.#sequence;
  }

  /** The exchange's time of this state; null where it gave none. */
  get eventTime(): EpochMs | null {
    return this.#eventTime;
  }

  get isReady(): boolean {
    return this.#sequence !== null;
  }

  applySnapshot(snapshot: BookSnapshot): void {
    this.#bids.clear();
    this.#asks.clear();
    this.#bids.fill(snapshot.bids);
    this.#asks.fill(snapshot.asks);
    this.#stamp(snapshot);
  }

  /** Returns false, and changes nothing, where there is no snapshot to build on. */
  applyDelta(delta: BookDelta): boolean {
    if (this.#sequence === null) return false;
    for (const [price, size] of delta.bids) this.#bids.set(price, size);
    for (const [price, size] of delta.asks) this.#asks.set(price, size);
    this.#stamp(delta);
    return true;
  }

  clear(): void {
    this.#bids.clear();
    this.#asks.clear();
    this.#sequence = null;
  }

  best(side: Side): BookLevel | undefined {
    return this.#side(side).at(0);
  }

  /** The `index`-th level from the top; undefined past the end. */
  level(side: Side, index: number): BookLevel | undefined {
    return this.#side(side).at(index);
  }

  sizeAt(side: Side, price: number): number {
    return this.#side(side).sizeAt(price);
  }

  depth(side: Side): number {
    return this.#side(side).length;
  }

  /** The whole book, or its best `depth` levels a side; undefined while there is none. */
  snapshot(depth = Number.POSITIVE_INFINITY): BookSnapshot | undefined {
    if (this.#sequence === null) return undefined;
    return {
      instrumentId: this.instrumentId,
      bids: this.#bids.levels(depth),
      asks: this.#asks.levels(depth),
      sequence: this.#sequence,
      eventTime: this.#eventTime,
      receivedTime: this.#receivedTime,
    };
  }

  /** Resting buyers are the bids, resting sellers the asks. */
  #side(side: Side): BookSide {
    return side === 'buy' ? this.#bids : this.#asks;
  }

  #stamp(from: Pick<BookSnapshot, 'sequence' | 'eventTime' | 'receivedTime'>): void {
    this.#sequence = from.sequence;
    this.#eventTime = from.eventTime;
    this.#receivedTime = from.receivedTime;
  }
}
