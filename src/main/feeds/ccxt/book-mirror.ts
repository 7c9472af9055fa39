import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { BookLevel } from '#domain/order-book.ts';
import type { EpochMs } from '#domain/units.ts';
import {
  isExchangeTime,
  isTradedSize,
  type MarketScale,
  PLAIN_SCALE,
  shown,
} from './market-scale.ts';

/** A book as ccxt keeps it; levels may carry more than price and size. */
export interface KeptBook {
  readonly bids: readonly (readonly (number | undefined)[])[];
  readonly asks: readonly (readonly (number | undefined)[])[];
  readonly nonce?: number | undefined;
  readonly timestamp?: number | undefined;
}

export type MirrorResult =
  /** Null: nothing changed. */
  | { readonly ok: true; readonly event: MarketEvent | null }
  /** What was shown is not a book (rule F4). */
  | { readonly ok: false; readonly reason: string };

interface SideState {
  readonly prices: readonly number[];
  readonly sizes: readonly number[];
}

const EMPTY: SideState = { prices: [], sizes: [] };

/**
 * Turns a book that someone else keeps current into a snapshot and deltas: what differs from the
 * state that was told last. So whatever is told was a state of the book, though not each of its
 * states is told when several come at once.
 */
export class BookMirror {
  readonly #instrumentId: InstrumentId;
  /** Levels a side that are told: what lies deeper is nobody's business here. */
  readonly #depth: number;
  readonly #scale: MarketScale;
  #bids: SideState = EMPTY;
  #asks: SideState = EMPTY;
  /** Null while no book was told. */
  #sequence: number | null = null;
  /** Where an exchange has no sequence of its own, changes are counted. */
  #count = 0;

  constructor(instrumentId: InstrumentId, depth: number, scale: MarketScale = PLAIN_SCALE) {
    this.#instrumentId = instrumentId;
    this.#scale = scale;
    this.#depth = depth;
  }

  /** True while a book is shown on the ground of what was told. */
  get isShown(): boolean {
    return this.#sequence !== null;
  }

  update(book: KeptBook, receivedTime: EpochMs): MirrorResult {
    const bids = this.#side(book.bids, -1);
    const asks = this.#side(book.asks, 1);
    if (typeof bids === 'string') return { ok: false, reason: `bids: ${bids}` };
    if (typeof asks === 'string') return { ok: false, reason: `asks: ${asks}` };
    const [bid] = bids.prices;
    const [ask] = asks.prices;
    if (!this.isShown && bid === undefined && ask === undefined) return { ok: true, event: null };
    if (bid !== undefined && ask !== undefined && bid >= ask) {
      return { ok: false, reason: `the book is crossed: ${bid} is bid and ${ask} is asked` };
    }
    return { ok: true, event: this.#tell(bids, asks, this.#stamp(book, receivedTime)) };
  }

  /** The next update is told as a whole. */
  forget(): void {
    this.#sequence = null;
    this.#bids = EMPTY;
    this.#asks = EMPTY;
  }

  #tell(bids: SideState, asks: SideState, stamp: Stamp): MarketEvent | null {
    const changedBids = difference(this.#bids, bids, -1);
    const changedAsks = difference(this.#asks, asks, 1);
    const isSnapshot = this.#sequence === null;
    if (!isSnapshot && changedBids.length + changedAsks.length === 0) return null;
    this.#bids = bids;
    this.#asks = asks;
    this.#sequence = stamp.sequence;
    const change = { ...stamp, bids: changedBids, asks: changedAsks };
    return isSnapshot
      ? { kind: 'bookSnapshot', snapshot: change }
      : { kind: 'bookDelta', delta: change };
  }

  #side(levels: KeptBook['bids'], direction: 1 | -1): SideState | string {
    return sideOf(levels, { depth: this.#depth, scale: this.#scale }, direction);
  }

  #stamp({ nonce, timestamp }: KeptBook, receivedTime: EpochMs): Stamp {
    return {
      instrumentId: this.#instrumentId,
      sequence: Number.isSafeInteger(nonce) ? (nonce as number) : ++this.#count,
      eventTime: isExchangeTime(timestamp) ? timestamp : null,
      receivedTime,
    };
  }
}

interface Stamp {
  readonly instrumentId: InstrumentId;
  readonly sequence: number;
  readonly eventTime: EpochMs | null;
  readonly receivedTime: EpochMs;
}

/** Best first; or what is wrong with it. `direction`: +1 where prices rise away from the best. */
function sideOf(
  levels: KeptBook['bids'],
  { depth, scale }: { readonly depth: number; readonly scale: MarketScale },
  direction: 1 | -1,
): SideState | string {
  if (!Array.isArray(levels)) return 'they are no list';
  const count = Math.min(depth, levels.length);
  const prices = new Array<number>(count);
  const sizes = new Array<number>(count);
  for (let index = 0; index < count; index++) {
    const level = levels[index];
    const price = level?.[0];
    const amount = level?.[1];
    if (!scale.isPrice(price)) return `${shown(price)} is not a price`;
    const size = isTradedSize(amount) ? scale.baseSize(amount, price) : amount;
    if (!isTradedSize(size)) return `the size at ${price} is not a size`;
    const before = index === 0 ? undefined : prices[index - 1];
    if (before !== undefined && (price - before) * direction <= 0) return 'prices are not in order';
    prices[index] = price;
    sizes[index] = size;
  }
  return { prices, sizes };
}

/** What leads from one state to the other: a level that is gone has size 0. One walk over both. */
function difference(before: SideState, now: SideState, direction: 1 | -1): BookLevel[] {
  const changes: BookLevel[] = [];
  let old = 0;
  let next = 0;
  while (old < before.prices.length || next < now.prices.length) {
    const oldPrice = before.prices[old];
    const nextPrice = now.prices[next];
    const order = orderOf(oldPrice, nextPrice, direction);
    if (order < 0 && oldPrice !== undefined) {
      changes.push([oldPrice, 0]);
      old++;
      continue;
    }
    const size = now.sizes[next] ?? 0;
    if (nextPrice !== undefined && (order > 0 || before.sizes[old] !== size)) {
      changes.push([nextPrice, size]);
    }
    if (order === 0) old++;
    next++;
  }
  return changes;
}

/** Below zero: `a` comes first; a side that has ended comes last. */
function orderOf(a: number | undefined, b: number | undefined, direction: 1 | -1): number {
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return (a - b) * direction;
}
