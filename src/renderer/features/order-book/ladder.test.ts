import { describe, expect, it } from 'vitest';
import { ladderOf, rowPrice, rowStep, spreadOf } from './ladder.ts';
import { bookOf } from './order-book.fixture.ts';

const book = bookOf(
  [
    [100, 1],
    [99.9, 2],
    [99.8, 3],
    [98.9, 4],
  ],
  [
    [100.1, 5],
    [100.2, 1],
    [101.1, 2],
  ],
);
const plain = { rows: 10, priceIncrement: 0.1, grouping: 1 };

describe('ladderOf', () => {
  it('lists both sides best first with their cumulative sizes', () => {
    const ladder = ladderOf(book, plain);
    expect(ladder.bids.map((r) => [r.price, r.size, r.cumulative])).toEqual([
      [100, 1, 1],
      [99.9, 2, 3],
      [99.8, 3, 6],
      [98.9, 4, 10],
    ]);
    expect(ladder.asks.map((r) => r.cumulative)).toEqual([5, 6, 8]);
    expect(ladder.maxCumulative).toBe(10);
  });

  it('tells how the sizes are divided between the sides', () => {
    expect(ladderOf(book, plain).bidShare).toBeCloseTo(10 / 18);
    expect(ladderOf(book, { ...plain, rows: 1 }).bidShare).toBeCloseTo(1 / 6);
    expect(ladderOf(bookOf([], []), plain).bidShare).toBeNull();
  });

  it('groups by steps of two and five increments as well', () => {
    const prices = (grouping: number) =>
      ladderOf(book, { ...plain, grouping }).bids.map((row) => row.price);
    expect(prices(2)).toEqual([100, 99.8, 98.8]);
    expect(prices(5)).toEqual([100, 99.5, 98.5]);
  });

  it('shows as many rows as there is room for, and measures the bars by those', () => {
    const ladder = ladderOf(book, { ...plain, rows: 2 });
    expect(ladder.bids.map((r) => r.price)).toEqual([100, 99.9]);
    expect(ladder.asks.map((r) => r.price)).toEqual([100.1, 100.2]);
    expect(ladder.maxCumulative).toBe(6);
  });

  it('groups bids down and asks up, so that no row promises a better price than there is', () => {
    const ladder = ladderOf(book, { ...plain, grouping: 10 });
    expect(ladder.bids.map((r) => [r.price, r.size])).toEqual([
      [100, 1],
      [99, 5],
      [98, 4],
    ]);
    expect(ladder.asks.map((r) => [r.price, r.size])).toEqual([
      [101, 6],
      [102, 2],
    ]);
  });

  it('completes the last grouped row before it stops', () => {
    const ladder = ladderOf(book, { rows: 2, priceIncrement: 0.1, grouping: 10 });
    expect(ladder.bids.map((r) => [r.price, r.size, r.cumulative])).toEqual([
      [100, 1, 1],
      [99, 5, 6],
    ]);
  });

  it('keeps every digit of a large price, and of a step that is no power of ten', () => {
    const large = { rows: 1, priceIncrement: 0.01, grouping: 5 };
    expect(rowPrice(12_345_678_901.23, 'buy', large)).toBe(12_345_678_901.2);
    expect(rowPrice(12_345_678_901.23, 'sell', large)).toBe(12_345_678_901.25);
    expect(
      [0.25, 1 / 32].map((priceIncrement) => rowStep({ priceIncrement, grouping: 50 })),
    ).toEqual([12.5, 1.5625]);
  });

  it('says the spread in price and in basis points', () => {
    expect(spreadOf([99, 1], [101, 1])).toEqual({ absolute: 2, middle: 100, bps: 200 });
    expect(spreadOf(undefined, [101, 1])).toBeNull();
    expect(ladderOf(bookOf([], [[101, 1]]), plain).spread).toBeNull();
  });
});

describe('rowPrice', () => {
  it('is exact where floating point is not', () => {
    const options = { rows: 1, priceIncrement: 0.01, grouping: 10 };
    expect(rowPrice(118_000.3, 'buy', options)).toBe(118_000.3);
    expect(rowPrice(118_000.3, 'sell', options)).toBe(118_000.3);
    expect(rowPrice(118_000.37, 'buy', options)).toBe(118_000.3);
    expect(rowPrice(118_000.31, 'sell', options)).toBe(118_000.4);
    expect(rowPrice(0.000_012_3, 'buy', { ...options, priceIncrement: 1e-8 })).toBe(0.000_012_3);
  });
});
