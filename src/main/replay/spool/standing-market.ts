import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { BookDelta, BookLevel, BookSnapshot } from '#domain/order-book.ts';
import type { Quote } from '#domain/quote.ts';

/** Books and quotes of all instruments as they stand: what no candle and no trade tells. */
export class StandingMarket {
  readonly #books = new Map<InstrumentId, StandingBook>();
  readonly #quotes = new Map<InstrumentId, Quote>();

  apply(event: MarketEvent): void {
    switch (event.kind) {
      case 'quote':
        this.#quotes.set(event.quote.instrumentId, event.quote);
        break;
      case 'bookSnapshot':
        this.#books.set(event.snapshot.instrumentId, new StandingBook(event.snapshot));
        break;
      case 'bookDelta':
        this.#books.get(event.delta.instrumentId)?.apply(event.delta);
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
    const books = [...this.#books.values()].map(
      (book): MarketEvent => ({ kind: 'bookSnapshot', snapshot: book.snapshot() }),
    );
    const quotes = [...this.#quotes.values()].map(
      (quote): MarketEvent => ({ kind: 'quote', quote }),
    );
    return [...books, ...quotes];
  }
}

/** An order book that is changed all the time, and seldom looked at: its levels are put in order then. */
class StandingBook {
  readonly #bids = new Map<number, number>();
  readonly #asks = new Map<number, number>();
  #last: BookSnapshot | BookDelta;

  constructor(snapshot: BookSnapshot) {
    this.#last = snapshot;
    this.apply(snapshot);
  }

  apply(change: BookSnapshot | BookDelta): void {
    setLevels(this.#bids, change.bids);
    setLevels(this.#asks, change.asks);
    this.#last = change;
  }

  snapshot(): BookSnapshot {
    return {
      ...this.#last,
      bids: [...this.#bids].sort(([one], [other]) => other - one),
      asks: [...this.#asks].sort(([one], [other]) => one - other),
    };
  }
}

function setLevels(side: Map<number, number>, levels: readonly BookLevel[]): void {
  for (const [price, size] of levels) {
    if (size === 0) side.delete(price);
    else side.set(price, size);
  }
}
