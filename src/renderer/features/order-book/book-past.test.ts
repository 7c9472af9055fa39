import { describe, expect, it } from 'vitest';
import { BookPast, PAST } from './book-past.ts';
import { bookOf } from './order-book.fixture.ts';

const book = (bid: number) => bookOf([[bid, 1]], [[bid + 1, 4]]);
const bids = ({ history }: BookPast) =>
  Array.from({ length: history.length }, (_, age) => {
    const column = history.at(age);
    return column?.isLost ? 'lost' : column?.bidPrice;
  });

describe('the past of a book that is shown otherwise', () => {
  it('has the first book of each column', () => {
    const past = new BookPast();
    past.glance(0, book(10));
    past.glance(PAST.columnMs - 1, book(11));
    past.glance(PAST.columnMs, book(12));
    expect(bids(past)).toEqual([12, 10]);
  });

  it('does not go on as before while nobody follows it', () => {
    const past = new BookPast();
    past.glance(0, book(10));
    past.leave(PAST.columnMs);
    past.glance(3 * PAST.columnMs, null);
    past.glance(3 * PAST.columnMs + 1, book(11));
    expect(bids(past)).toEqual([11, 'lost', 'lost', 10]);
  });
});
