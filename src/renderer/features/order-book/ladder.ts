import type { BookLevel, OrderBook } from '#domain/order-book.ts';
import type { Side } from '#domain/side.ts';

export interface LadderRow {
  readonly price: number;
  readonly size: number;
  /** Size from the best price up to and including this row. */
  readonly cumulative: number;
}

export interface Ladder {
  /** Best first. */
  readonly asks: readonly LadderRow[];
  /** Best first. */
  readonly bids: readonly LadderRow[];
  /** The deeper side's cumulative size: what a full bar stands for. */
  readonly maxCumulative: number;
  readonly spread: Spread | null;
  /** The bids' share of all that the rows show, 0–1; null where they show nothing. */
  readonly bidShare: number | null;
}

export interface Spread {
  readonly absolute: number;
  readonly bps: number;
  readonly middle: number;
}

/** Multiples of the price increment that rows may be grouped by. */
export const GROUPINGS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] as const;

export interface LadderOptions {
  readonly rows: number;
  readonly priceIncrement: number;
  /** A row spans this many price increments; a bid is rounded down, an ask up. */
  readonly grouping: number;
}

/** The rows of a ladder, from a book that is ready. */
export function ladderOf(book: OrderBook, options: LadderOptions): Ladder {
  const asks = rowsOf(book, 'sell', options);
  const bids = rowsOf(book, 'buy', options);
  const askSize = asks.at(-1)?.cumulative ?? 0;
  const bidSize = bids.at(-1)?.cumulative ?? 0;
  return {
    ...{ asks, bids, maxCumulative: Math.max(askSize, bidSize) },
    spread: spreadOf(book.best('buy'), book.best('sell')),
    bidShare: askSize + bidSize === 0 ? null : bidSize / (askSize + bidSize),
  };
}

/** Null where a side is empty. */
export function spreadOf(bid: BookLevel | undefined, ask: BookLevel | undefined): Spread | null {
  if (bid === undefined || ask === undefined) return null;
  const absolute = ask[0] - bid[0];
  const middle = (ask[0] + bid[0]) / 2;
  return { absolute, middle, bps: middle === 0 ? 0 : (absolute / Math.abs(middle)) * 10_000 };
}

/** The price of the row that a price belongs to. */
export function rowPrice(price: number, side: Side, options: LadderOptions): number {
  if (options.grouping === 1) return price;
  const step = rowStep(options);
  // A price is a whole number of increments that floating point may miss by a hair.
  const ticks = Math.round(price / options.priceIncrement) / options.grouping;
  return cleanPrice((side === 'buy' ? Math.floor(ticks) : Math.ceil(ticks)) * step);
}

/** How far apart the prices of rows are. */
export const rowStep = ({
  priceIncrement,
  grouping,
}: Pick<LadderOptions, 'priceIncrement' | 'grouping'>): number =>
  cleanPrice(priceIncrement * grouping);

/** Without what floating point adds: of a price it keeps fifteen digits. */
export const cleanPrice = (price: number): number => Number(price.toPrecision(15));

function rowsOf(book: OrderBook, side: Side, options: LadderOptions): LadderRow[] {
  const rows: { price: number; size: number; cumulative: number }[] = [];
  let cumulative = 0;
  const depth = book.depth(side);
  for (let index = 0; index < depth; index++) {
    const level = book.level(side, index);
    if (level === undefined) break;
    const price = rowPrice(level[0], side, options);
    const row = rows.at(-1);
    const isSameRow = row?.price === price;
    if (!isSameRow && rows.length === options.rows) break;
    cumulative += level[1];
    if (row !== undefined && isSameRow) {
      row.size += level[1];
      row.cumulative = cumulative;
    } else rows.push({ price, size: level[1], cumulative });
  }
  return rows;
}
