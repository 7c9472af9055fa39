import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { type BookLevel, OrderBook } from '#domain/order-book.ts';
import type { EpochMs } from '#domain/units.ts';
import { BookMirror, type KeptBook } from './book-mirror.ts';

const ID = 'binance:BTC/USDT' as InstrumentId;
const NOW = 1_700_000_000_000 as EpochMs;

function apply(book: OrderBook, event: MarketEvent | null): void {
  if (event?.kind === 'bookSnapshot') book.applySnapshot(event.snapshot);
  else if (event?.kind === 'bookDelta') expect(book.applyDelta(event.delta)).toBe(true);
}

const sides = fc
  .uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 12 })
  .chain((prices) =>
    fc.tuple(
      ...prices.map((price) => fc.tuple(fc.constant(price), fc.integer({ min: 1, max: 3 }))),
    ),
  );

describe('BookMirror', () => {
  it('[F4] tells every state of a book, whatever the state before, no deeper than asked', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(sides, sides), { minLength: 1, maxLength: 12 }), (states) => {
        const mirror = new BookMirror(ID, 5);
        const told = new OrderBook(ID);
        for (const [index, [below, above]] of states.entries()) {
          const bids = below.toSorted(([a], [b]) => b - a);
          const asks = above
            .map(([price, size]): [number, number] => [price + 100, size])
            .toSorted(([a], [b]) => a - b);
          const result = mirror.update({ bids, asks, nonce: index }, NOW);
          expect(result.ok).toBe(true);
          if (result.ok) apply(told, result.event);
          expect(told.snapshot()?.bids ?? []).toEqual(bids.slice(0, 5));
          expect(told.snapshot()?.asks ?? []).toEqual(asks.slice(0, 5));
        }
      }),
    );
  });

  it('tells a snapshot first, then what changed, with the exchange’s sequence and time', () => {
    const mirror = new BookMirror(ID, 10);
    const asks: BookLevel[] = [[11, 1]];
    expect(mirror.update({ bids: [[10, 1]], asks, nonce: 7, timestamp: NOW }, NOW)).toEqual({
      ok: true,
      event: {
        kind: 'bookSnapshot',
        snapshot: {
          ...{ instrumentId: ID, sequence: 7, eventTime: NOW, receivedTime: NOW },
          ...{ bids: [[10, 1]], asks: [[11, 1]] },
        },
      },
    });
    expect(mirror.update({ bids: [[9, 2]], asks, nonce: 8 }, NOW)).toMatchObject({
      event: {
        kind: 'bookDelta',
        delta: {
          bids: [
            [10, 0],
            [9, 2],
          ],
          asks: [],
          sequence: 8,
          eventTime: null,
        },
      },
    });
    expect(mirror.update({ bids: [[9, 2]], asks, nonce: 9 }, NOW)).toEqual({
      ok: true,
      event: null,
    });
  });

  it('tells that everybody has left the book, and no empty book before there was one', () => {
    const mirror = new BookMirror(ID, 10);
    expect(mirror.update({ bids: [], asks: [] }, NOW)).toEqual({ ok: true, event: null });
    mirror.update({ bids: [[10, 1]], asks: [[11, 2]] }, NOW);
    expect(mirror.update({ bids: [], asks: [], nonce: 9 }, NOW)).toMatchObject({
      event: { kind: 'bookDelta', delta: { bids: [[10, 0]], asks: [[11, 0]], sequence: 9 } },
    });
    expect(mirror.isShown).toBe(true);
    expect(mirror.update({ bids: [[9, 1]], asks: [] }, NOW)).toMatchObject({
      event: { kind: 'bookDelta', delta: { bids: [[9, 1]], asks: [] } },
    });
  });

  it('begins anew after it forgot', () => {
    const mirror = new BookMirror(ID, 10);
    const book: KeptBook = { bids: [[10, 1]], asks: [[11, 1]] };
    mirror.update(book, NOW);
    mirror.forget();
    expect(mirror.isShown).toBe(false);
    expect(mirror.update(book, NOW)).toMatchObject({ event: { kind: 'bookSnapshot' } });
  });

  it.each<[string, KeptBook]>([
    ['crossed', { bids: [[11, 1]], asks: [[11, 1]] }],
    [
      'not in order',
      {
        bids: [
          [9, 1],
          [10, 1],
        ],
        asks: [],
      },
    ],
    [
      'not in order',
      {
        bids: [],
        asks: [
          [9, 1],
          [9, 1],
        ],
      },
    ],
    ['is not a size', { bids: [[9, -1]], asks: [] }],
    ['is not a size', { bids: [[9, 0]], asks: [] }],
    ['is not a size', { bids: [[9, Number.NaN]], asks: [] }],
    ['NaN is not a price', { bids: [], asks: [[Number.NaN, 1]] }],
    ['undefined is not a price', { bids: [], asks: [[undefined, 1]] }],
    ['0 is not a price', { bids: [[0, 1]], asks: [] }],
  ])('[F5] refuses a book that is no book: %s', (reason, book) => {
    expect(new BookMirror(ID, 10).update(book, NOW)).toEqual({
      ok: false,
      reason: expect.stringContaining(reason),
    });
  });
});
