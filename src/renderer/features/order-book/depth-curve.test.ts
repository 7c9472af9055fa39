import { describe, expect, it } from 'vitest';
import { depthAt, depthCurve, naturalFrame } from './depth-curve.ts';
import { bookOf } from './order-book.fixture.ts';

const book = bookOf(
  [
    [99, 1],
    [98, 2],
    [90, 5],
  ],
  [
    [101, 3],
    [103, 4],
  ],
);

describe('depthCurve', () => {
  it('adds up each side from the best price, within the window', () => {
    const curve = depthCurve(book, { low: 95, high: 105 });
    expect(curve.bids).toEqual([
      { price: 99, cumulative: 1 },
      { price: 98, cumulative: 3 },
    ]);
    expect(curve.asks.map((point) => point.cumulative)).toEqual([3, 7]);
    expect(curve.maxCumulative).toBe(7);
  });

  it('tells how much rests up to a price', () => {
    const curve = depthCurve(book, { low: 80, high: 120 });
    expect(depthAt(curve, 97)).toEqual({ price: 97, cumulative: 3, side: 'buy' });
    expect(depthAt(curve, 102)).toEqual({ price: 102, cumulative: 3, side: 'sell' });
    expect(depthAt(curve, 100)).toBeNull();
  });

  it('frames the part of the book that matters', () => {
    expect(naturalFrame(book, 0.1)).toEqual({ middle: 100, half: expect.closeTo(9.9) });
    const deep = bookOf(
      Array.from({ length: 1_000 }, (_, at) => [1_000 - at, 1] as const),
      [[1_001, 1]],
    );
    expect(naturalFrame(deep, 1)).toEqual({ middle: 1_000.5, half: expect.closeTo(64.9) });
  });

  it('frames a side alone, and a level alone, and nothing of an empty book', () => {
    expect(naturalFrame(bookOf([], [[-5, 1]]), 0.01)).toEqual({
      ...{ middle: -5, half: expect.closeTo(0.1) },
    });
    expect(naturalFrame(bookOf([[99, 1]], [[101, 1]]), 0.01)).toEqual({ middle: 100, half: 2 });
    expect(naturalFrame(bookOf([], []), 0.01)).toBeNull();
  });
});
