import { describe, expect, it } from 'vitest';
import { BookHistory } from './book-history.ts';
import { bookOf } from './order-book.fixture.ts';

const OPTIONS = { columnMs: 100, capacity: 5, depth: 2 };
const book = (bid: number) =>
  bookOf(
    [
      [bid, 1],
      [bid - 1, 2],
      [bid - 2, 3],
    ],
    [[bid + 1, 4]],
  );
const bids = (history: BookHistory) =>
  Array.from({ length: history.length }, (_, age) => {
    const column = history.at(age);
    return column?.isLost ? 'lost' : column?.bidPrice;
  });

describe('BookHistory', () => {
  it('keeps the best levels of each column’s last book', () => {
    const history = new BookHistory(OPTIONS);
    history.record(1_000, book(10));
    history.record(1_099, book(11));
    expect(history.length).toBe(1);
    const column = history.at(0);
    expect([...(column?.prices.slice(0, column.count) ?? [])]).toEqual([11, 10, 12]);
    expect([...(column?.sizes.slice(0, column.count) ?? [])]).toEqual([1, 2, 4]);
    expect([column?.bidPrice, column?.askPrice]).toEqual([11, 12]);
  });

  it('tells prices at zero and below from a side that is empty', () => {
    const history = new BookHistory(OPTIONS);
    history.record(1_000, bookOf([[-1, 2]], [[0, 1]]));
    expect([history.at(0)?.bidPrice, history.at(0)?.askPrice]).toEqual([-1, 0]);
    history.record(1_100, bookOf([], [[0, 1]]));
    expect([history.at(0)?.bidPrice, history.at(0)?.askPrice]).toEqual([Number.NaN, 0]);
  });

  it('shows time in which nothing was said as it was before it', () => {
    const history = new BookHistory(OPTIONS);
    history.record(1_000, book(10));
    history.record(1_350, book(11));
    expect(bids(history)).toEqual([11, 10, 10, 10]);
    history.record(1_400, null);
    history.record(1_600, null);
    expect(bids(history)).toEqual(['lost', 'lost', 'lost', 11, 10]);
  });

  it('never keeps more than it was made for, whatever time passes', () => {
    const history = new BookHistory(OPTIONS);
    for (let time = 0; time < 10_000; time += 50) history.record(time, book(time));
    expect(history.length).toBe(5);
    history.record(1e9, book(7));
    expect(bids(history)).toEqual([7, 9_950, 9_950, 9_950, 9_950]);
    expect(history.at(5)).toBeUndefined();
  });

  it('takes no book of before', () => {
    const history = new BookHistory(OPTIONS);
    history.record(1_000, book(10));
    history.record(800, book(9));
    expect(bids(history)).toEqual([10]);
  });
});
