import type { OrderBook } from '#domain/order-book.ts';
import { BookHistory } from './book-history.ts';
import { TradeDots } from './trade-dots.ts';

/** Four minutes, and about two megabytes. */
export const PAST = { columnMs: 500, capacity: 480, depth: 150 } as const;

/**
 * What the heatmap shows of one instrument. It is kept while another picture of the book is on the
 * screen, so that the heatmap has a past as soon as it is looked at.
 */
export class BookPast {
  readonly history = new BookHistory(PAST);
  readonly dots = new TradeDots(PAST.capacity);

  /** Once a column is enough while nobody looks. */
  glance(time: number, book: OrderBook | null): void {
    const isNew = this.history.numberAt(time) !== this.history.newestNumber;
    const isFound = book !== null && this.history.at(0)?.isLost === true;
    if (isNew || isFound) this.history.record(time, book);
  }

  /** From now on nobody follows the book: what it was is not what it is. */
  leave(time: number): void {
    this.history.record(time, null);
  }
}
