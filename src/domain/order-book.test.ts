import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstrumentId } from './instrument.ts';
import { type BookLevel, OrderBook } from './order-book.ts';
import type { EpochMs } from './units.ts';

const ID = 'demo:BTC/USDT' as InstrumentId;
const stamp = { instrumentId: ID, eventTime: null, receivedTime: 0 as EpochMs };

describe('OrderBook', () => {
  it('is not ready before a snapshot, and refuses a delta', () => {
    const book = new OrderBook(ID);
    expect(book.applyDelta({ ...stamp, bids: [[1, 1]], asks: [], sequence: 1 })).toBe(false);
    expect(book.snapshot()).toBeUndefined();
  });

  it('equals a plain map after any deltas, both sides best first', () => {
    const level = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 3 }));
    const deltas = fc.array(fc.record({ bids: fc.array(level), asks: fc.array(level) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(deltas, (changes) => {
        const book = new OrderBook(ID);
        book.applySnapshot({ ...stamp, bids: [], asks: [], sequence: 0 });
        const bids = new Map<number, number>();
        const asks = new Map<number, number>();
        changes.forEach((change, index) => {
          book.applyDelta({ ...stamp, ...change, sequence: index + 1 });
          for (const [price, size] of change.bids) bids.set(price, size);
          for (const [price, size] of change.asks) asks.set(price, size);
        });
        const sorted = (side: Map<number, number>, direction: number): BookLevel[] =>
          [...side].filter(([, size]) => size > 0).sort((a, b) => (a[0] - b[0]) * direction);
        expect(book.snapshot()?.bids).toEqual(sorted(bids, -1));
        expect(book.snapshot()?.asks).toEqual(sorted(asks, 1));
        expect(book.sizeAt('buy', 7)).toBe(bids.get(7) ?? 0);
      }),
    );
  });
});
