import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Hole } from './book-guard.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';

const CHECKED_LEVELS = 10;

const bookFrame = z.object({
  channel: z.literal('book'),
  data: z.tuple([z.object({ symbol: z.string(), checksum: z.number() })]),
});
const decimals = z.object({ pair_decimals: z.coerce.number(), lot_decimals: z.coerce.number() });

type Levels = readonly (readonly (number | undefined)[])[];

/**
 * Holds the book that ccxt made of a frame against the frame's checksum: CRC32 of the ten best asks,
 * then the ten best bids, with the digits that Kraken writes, without dot and leading zeros. ccxt's own
 * check cannot be used: it takes numbers for texts and throws.
 * https://docs.kraken.com/exchange/guides/websockets/book-checksum-v2
 */
export function krakenHole(frame: unknown, exchange: CcxtExchange): Hole | null {
  const parsed = bookFrame.safeParse(frame);
  if (!parsed.success) return null;
  const [{ symbol, checksum }] = parsed.data.data;
  const book = exchange.orderbooks[symbol];
  const market = exchange.markets?.[symbol];
  const digits = decimals.safeParse(market?.info);
  const marketId = market?.id ?? symbol;
  if (!book || !digits.success)
    return { marketId, reason: 'there is nothing to hold its checksum against' };
  const { pair_decimals, lot_decimals } = digits.data;
  const part = (levels: Levels): string =>
    levels
      .slice(0, CHECKED_LEVELS)
      .map(([price = 0, size = 0]) => written(price, pair_decimals) + written(size, lot_decimals))
      .join('');
  const ours = crc32(part(book.asks as Levels) + part(book.bids as Levels));
  if (ours === checksum) return null;
  return { marketId, reason: `the checksum of the book is ${ours}, Kraken says ${checksum}` };
}

const written = (value: number, decimalPlaces: number): string =>
  value.toFixed(decimalPlaces).replace('.', '').replace(/^0+/, '');

/**
 * ccxt cuts a book to as many levels as the snapshot has asks, which loses bids where asks are few: it
 * is to be cut to what was subscribed to.
 */
export function keepKrakenDepth(exchange: CcxtExchange, depth: number): void {
  const make = exchange.orderBook.bind(exchange);
  exchange.orderBook = (snapshot?: object) => make(snapshot ?? {}, depth);
}
