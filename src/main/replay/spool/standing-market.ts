import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { OrderBook } from '#domain/order-book.ts';
import type { Quote } from '#domain/quote.ts';

/** Books and quotes of all instruments as they stand: what no candle and no trade tells. */
export class StandingMarket {
  readonly #books = new Map<InstrumentId, OrderBook>();
  readonly #quotes = new Map<InstrumentId, Quote>();

  apply(event: MarketEvent): void {
    switch (event.kind) {
      case 'quote':
        this.#quotes.set(event.quote.instrumentId, event.quote);
        break;
      case 'bookSnapshot':
        this.#bookOf(event.snapshot.instrumentId).applySnapshot(event.snapshot);
        break;
      case 'bookDelta':
        this.#bookOf(event.delta.instrumentId).applyDelta(event.delta);
        break;
      case 'bookLost':
        this.#books.delete(event.instrumentId);
        this.#quotes.delete(event.instrumentId);
        break;
      default:
        break;
    }
  }

  /** What brings a market that knows nothing to where this one stands. */
  events(): readonly MarketEvent[] {
    const books = [...this.#books.values()].flatMap((book): MarketEvent[] => {
      const snapshot = book.snapshot();
      return snapshot ? [{ kind: 'bookSnapshot', snapshot }] : [];
    });
    const quotes = [...this.#quotes.values()].map(
      (quote): MarketEvent => ({ kind: 'quote', quote }),
    );
    return [...books, ...quotes];
  }

  #bookOf(id: InstrumentId): OrderBook {
    let book = this.#books.get(id);
    if (!book) {
      book = new OrderBook(id);
      this.#books.set(id, book);
    }
    return book;
  }
}
