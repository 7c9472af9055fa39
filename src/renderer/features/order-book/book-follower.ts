import type { PushPayload } from '#contract/pushes.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { OrderBook } from '#domain/order-book.ts';

/**
 * `loading`: no book was received yet. `lost`: it can not be trusted, a snapshot will follow.
 * `crossed`: what was received contradicts itself.
 */
export type BookState = 'loading' | 'ready' | 'lost' | 'crossed';

export type BookPush = Pick<
  PushPayload<'orderbook:update'>,
  'kind' | 'bids' | 'asks' | 'sequence' | 'timestamp'
>;

/** The client's copy of one instrument's book: thrown away rather than shown with a hole in it. */
export class BookFollower {
  readonly book: OrderBook;
  #isLost = false;

  constructor(instrumentId: InstrumentId) {
    this.book = new OrderBook(instrumentId);
  }

  get state(): BookState {
    if (!this.book.isReady) return this.#isLost ? 'lost' : 'loading';
    const bid = this.book.best('buy');
    const ask = this.book.best('sell');
    return bid !== undefined && ask !== undefined && bid[0] >= ask[0] ? 'crossed' : 'ready';
  }

  /** A delta without a book to build on is dropped: the snapshot that follows has it. */
  apply(push: BookPush): void {
    if (push.kind === 'lost' || push.sequence === null) {
      this.lose();
      return;
    }
    const change = {
      instrumentId: this.book.instrumentId,
      bids: push.bids,
      asks: push.asks,
      sequence: push.sequence,
      eventTime: null,
      receivedTime: push.timestamp,
    };
    if (push.kind === 'snapshot') this.book.applySnapshot(change);
    else this.book.applyDelta(change);
  }

  /** The book can not be trusted until the next snapshot. */
  lose(): void {
    this.book.clear();
    this.#isLost = true;
  }
}
