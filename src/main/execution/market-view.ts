import type { BookLevel, OrderBook } from '#domain/order-book.ts';
import type { Quote } from '#domain/quote.ts';
import { opposite, type Side } from '#domain/side.ts';
import type { Trade } from '#domain/trade.ts';

/** What the paper broker sees of the market. */
export interface MarketView {
  readonly book: Pick<OrderBook, 'isReady' | 'eventTime' | 'best' | 'level' | 'sizeAt' | 'depth'>;
  readonly quote: Quote | null;
  readonly lastTrade: Trade | null;
}

/**
 * What can be relied on: a book, else a quote, else trades. A book or quote whose bid is not below its
 * ask is wrong about one of them, so neither is believed.
 */
export type Source =
  | { readonly kind: 'book'; readonly book: MarketView['book'] }
  | { readonly kind: 'quote'; readonly quote: Quote }
  | { readonly kind: 'trades'; readonly lastTrade: Trade | null };

export function sourceOf(market: MarketView): Source {
  const { book, quote, lastTrade } = market;
  if (book.isReady && !isCrossed(book)) return { kind: 'book', book };
  if (quote && quote.bidPrice < quote.askPrice) return { kind: 'quote', quote };
  return { kind: 'trades', lastTrade };
}

function isCrossed(book: MarketView['book']): boolean {
  const bid = book.best('buy');
  const ask = book.best('sell');
  return bid !== undefined && ask !== undefined && bid[0] >= ask[0];
}

/** The level of a quote on `side`. */
const levelOf = (quote: Quote, side: Side): BookLevel =>
  side === 'buy' ? [quote.bidPrice, quote.bidSize] : [quote.askPrice, quote.askSize];

/** Best price of those who rest on `side`; undefined where nobody is shown. */
export function touchOf(source: Source, side: Side): number | undefined {
  switch (source.kind) {
    case 'book':
      return source.book.best(side)?.[0];
    case 'quote':
      return levelOf(source.quote, side)[0];
    case 'trades':
      return undefined;
  }
}

/** The shown levels of `side`, best first. */
export function* levelsOf(source: Source, side: Side): Generator<BookLevel> {
  if (source.kind === 'trades') return;
  if (source.kind === 'quote') {
    yield levelOf(source.quote, side);
    return;
  }
  for (let index = 0; ; index += 1) {
    const level = source.book.level(side, index);
    if (!level) return;
    yield level;
  }
}

/** The exchange's time of what is shown; null where it gave none. */
export const shownTimeOf = (source: Source): number | null => {
  if (source.kind === 'trades') return null;
  return source.kind === 'book' ? source.book.eventTime : source.quote.eventTime;
};

/** The size shown at a price of `side`; null where nothing can be known of that price. */
export function shownAt(source: Source, side: Side, price: number): number | null {
  switch (source.kind) {
    case 'book':
      return shownInBook(source.book, side, price);
    case 'quote': {
      const [touch, size] = levelOf(source.quote, side);
      if (price === touch) return size > 0 ? size : null;
      return isBetter(side, price, touch) ? 0 : null;
    }
    case 'trades':
      return null;
  }
}

/** Beyond the last level that it shows a book tells nothing. */
function shownInBook(book: MarketView['book'], side: Side, price: number): number | null {
  const last = book.level(side, book.depth(side) - 1);
  if (last && isBetter(side, last[0], price)) return null;
  return book.sizeAt(side, price);
}

/** Whether one who rests on `side` at `price` goes before one at `other`. */
export const isBetter = (side: Side, price: number, other: number): boolean =>
  side === 'buy' ? price > other : price < other;

/** Whether an order of `side` with that limit could trade with someone resting at `price`. */
export const reaches = (side: Side, limitPrice: number, price: number): boolean =>
  !isBetter(opposite(side), limitPrice, price);

/** What one unit is worth now; null while nothing is known. */
export function markOf(market: MarketView): number | null {
  if (market.lastTrade) return market.lastTrade.price;
  const source = sourceOf(market);
  const bid = touchOf(source, 'buy');
  const ask = touchOf(source, 'sell');
  return bid === undefined || ask === undefined ? (bid ?? ask ?? null) : (bid + ask) / 2;
}
