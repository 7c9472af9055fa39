import type { BookLevel, BookSnapshot } from '#domain/order-book.ts';

/** A whole book in some bytes a level: there may be hundreds of them in memory. */
export interface PackedBook extends Omit<BookSnapshot, 'bids' | 'asks'> {
  readonly bids: Float64Array;
  readonly asks: Float64Array;
}

export function packBook({ bids, asks, ...book }: BookSnapshot): PackedBook {
  return { ...book, bids: packLevels(bids), asks: packLevels(asks) };
}

export function unpackBook({ bids, asks, ...book }: PackedBook): BookSnapshot {
  return { ...book, bids: levelsOf(bids), asks: levelsOf(asks) };
}

export const bytesOfBook = ({ bids, asks }: PackedBook): number =>
  bids.byteLength + asks.byteLength;

function packLevels(levels: readonly BookLevel[]): Float64Array {
  const packed = new Float64Array(2 * levels.length);
  for (const [index, level] of levels.entries()) packed.set(level, 2 * index);
  return packed;
}

function levelsOf(packed: Float64Array): BookLevel[] {
  const levels: BookLevel[] = [];
  for (let index = 0; index < packed.length; index += 2) {
    levels.push([packed[index] ?? 0, packed[index + 1] ?? 0]);
  }
  return levels;
}
