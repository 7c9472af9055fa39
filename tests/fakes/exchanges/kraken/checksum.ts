import { crc32 } from 'node:zlib';

/** A level as it is on the wire, with all its digits. */
export type WireLevel = readonly [price: string, size: string];

const LEVELS = 10;
const digits = (text: string): string => text.replace('.', '').replace(/^0+/, '');
const part = (levels: readonly WireLevel[]): string =>
  levels
    .slice(0, LEVELS)
    .map(([price, size]) => digits(price) + digits(size))
    .join('');

/**
 * Kraken's checksum: the ten best asks, then the ten best bids, best first, each price and size
 * without dot and leading zeros, as CRC32
 * (https://docs.kraken.com/exchange/guides/websockets/book-checksum-v2).
 */
export const checksumOf = (bids: readonly WireLevel[], asks: readonly WireLevel[]): number =>
  crc32(part(asks) + part(bids));
