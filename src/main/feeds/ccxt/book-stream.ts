import { type InstrumentId, instrumentId } from '#domain/instrument.ts';
import { BookMirror } from './book-mirror.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';
import { isExchangeTime, shown } from './market-scale.ts';
import { tellQuote } from './quote-stream.ts';
import type { Stream, StreamHost } from './stream.ts';

type WatchedBook = Awaited<ReturnType<CcxtExchange['watchOrderBook']>>;

export interface BookStreamOptions {
  /** Levels to ask the exchange for; undefined takes what ccxt takes. */
  readonly limit: number | undefined;
  /** Levels a side to tell. */
  readonly depth: number;
  /** Tells the best of the book as quotes, too. */
  readonly withQuotes: boolean;
}

export class BookStream implements Stream {
  readonly name = 'book';
  readonly symbol: string;
  readonly #host: StreamHost;
  readonly #options: BookStreamOptions;
  readonly #id: InstrumentId;
  readonly #mirror: BookMirror;
  #top = '';
  /** ccxt's book that was looked at last, or found wrong: a new one is another object. */
  #known: unknown;
  #isLost = false;
  #spoiled: UnsoundBook | null = null;
  #wake: ((error: Error) => void) | null = null;

  constructor(host: StreamHost, symbol: string, options: BookStreamOptions) {
    this.symbol = symbol;
    this.#host = host;
    this.#options = options;
    this.#id = instrumentId(host.house.exchange, symbol);
    this.#mirror = new BookMirror(this.#id, options.depth, host.house.scaleOf(symbol));
  }

  async next(): Promise<void> {
    const { exchange } = this.#host;
    this.#takeWhatCame();
    const book = await this.#unlessSpoiled(
      exchange.watchOrderBook(this.symbol, this.#options.limit),
    );
    this.#throwIfSpoiled();
    // ccxt threw it away since it resolved, perhaps after putting in what did not fit: it says so next.
    if (this.symbol in exchange.orderbooks) this.#take(book);
  }

  lose(reason: string): void {
    this.#spoiled = null;
    this.#isLost = true;
    if (!this.#mirror.isShown) return;
    this.#mirror.forget();
    this.#top = '';
    const receivedTime = this.#host.clock.now();
    this.#host.tell({ kind: 'bookLost', instrumentId: this.#id, reason, receivedTime });
  }

  /** Someone who knows better says that the book is wrong: the next news is that. */
  spoil(reason: string): void {
    this.#spoiled = new UnsoundBook(reason);
    this.#known = this.#host.exchange.orderbooks[this.symbol];
    this.#wake?.(this.#spoiled);
  }

  /** The queue to the main thread was dropped, which said so itself: the book is told anew. */
  forget(): void {
    this.#mirror.forget();
    this.#top = '';
  }

  #take(book: WatchedBook): void {
    const { clock, tell, reject, exchange } = this.#host;
    this.#known = exchange.orderbooks[this.symbol];
    const result = this.#mirror.update(book, clock.now());
    if (!result.ok) throw new UnsoundBook(result.reason);
    if (!result.event) return;
    this.#isLost = false;
    const { timestamp } = book;
    const isTimed = isExchangeTime(timestamp);
    if (!isTimed && timestamp !== undefined && timestamp !== null) {
      reject(`a book: the time ${shown(timestamp)} is not in epoch milliseconds`);
    }
    tell(result.event);
    if (this.#options.withQuotes) this.#tellQuote(book, isTimed ? timestamp : undefined);
  }

  /**
   * A fresh book that came while nobody waited for it, after the last one was lost. It may have begun
   * before the loss was told, and a silent market sends no other news of it.
   */
  #takeWhatCame(): void {
    if (!this.#isLost) return;
    const fresh = this.#host.exchange.orderbooks[this.symbol];
    if (fresh === undefined || fresh === this.#known) return;
    if (fresh.bids.length > 0 && fresh.asks.length > 0) this.#take(fresh);
  }

  #throwIfSpoiled(): void {
    const error = this.#spoiled;
    this.#spoiled = null;
    if (error) throw error;
  }

  #unlessSpoiled<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#wake = reject;
      promise.then(resolve, reject);
    });
  }

  #tellQuote(book: WatchedBook, timestamp: number | undefined): void {
    const [bid, bidVolume] = book.bids[0] ?? [];
    const [ask, askVolume] = book.asks[0] ?? [];
    const top = `${bid} ${bidVolume} ${ask} ${askVolume}`;
    if (top === this.#top) return;
    this.#top = top;
    const ticker = { bid, bidVolume, ask, askVolume, timestamp };
    tellQuote(this.#host, ticker, this.#id);
  }
}

/** A book that is no book, though ccxt sees nothing wrong with it. */
export class UnsoundBook extends Error {}
