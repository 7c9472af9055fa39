import type { Clock } from '#domain/clock.ts';
import { type InstrumentId, instrumentId, symbolOf } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { BookMirror } from './book-mirror.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';
import type { ExchangeHouse } from './exchange-house.ts';
import { traitsOf } from './exchange-traits.ts';
import { withMadeIds } from './made-trade-ids.ts';
import { isExchangeTime, type MarketScale, shown } from './market-scale.ts';
import { idsWithin } from './okx-trades.ts';
import { readQuote, readTrade } from './read-market.ts';
import type { TradeMemory } from './trade-memory.ts';

/** What a stream needs of the run that it belongs to. */
export interface StreamHost {
  readonly house: ExchangeHouse;
  /** The run's own, for its sockets. */
  readonly exchange: CcxtExchange;
  readonly clock: Clock;
  readonly tell: (event: MarketEvent) => void;
  readonly reject: (reason: string) => void;
}

/** One thing that is watched of one symbol. */
export interface Stream {
  readonly name: 'trades' | 'book' | 'quotes' | 'liquidations';
  readonly symbol: string;
  /** Waits for the next news and tells it. Does no work besides: what comes meanwhile may be lost. */
  next(): Promise<void>;
  /** What was told of it holds no more. */
  lose(reason: string): void;
}

export class TradeStream implements Stream {
  readonly name = 'trades';
  readonly symbol: string;
  readonly #host: StreamHost;
  readonly #id: InstrumentId;
  readonly #memory: TradeMemory;
  readonly #lacksIds: boolean;
  readonly #isAggregated: boolean;
  readonly #scale: MarketScale;

  constructor(host: StreamHost, symbol: string) {
    this.symbol = symbol;
    this.#host = host;
    this.#id = instrumentId(host.house.exchange, symbol);
    this.#memory = host.house.memoryOf(this.#id);
    this.#lacksIds = traitsOf(host.house.exchange).lacksTradeIds === true;
    this.#scale = host.house.scaleOf(symbol);
    this.#isAggregated = traitsOf(host.house.exchange).aggregatesLiveTrades === true;
  }

  async next(): Promise<void> {
    const { exchange, clock, tell, reject } = this.#host;
    const watched = await exchange.watchTrades(this.symbol);
    const trades = this.#lacksIds ? withMadeIds(watched) : watched;
    const receivedTime = clock.now();
    for (const one of trades) {
      const read = readTrade(one, this.#id, receivedTime, this.#scale);
      if (!read.ok) reject(read.reason);
      else if (this.#memory.add(read.value.id)) {
        tell({ kind: 'trade', trade: read.value });
        if (this.#isAggregated) this.#memory.addWithin(idsWithin(one));
      }
    }
    this.#clearCache(watched.at(-1));
  }

  lose(): void {
    // A trade that was told stays true.
  }

  /** ccxt keeps what was taken; while nothing came since, it may forget it. */
  #clearCache(last: unknown): void {
    const cache: unknown = this.#host.exchange.trades[this.symbol];
    if (Array.isArray(cache) && cache.at(-1) === last && 'clear' in cache) {
      (cache as unknown as { clear(): void }).clear();
    }
  }
}

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
  /** ccxt's book that was lost; null while none was. */
  #lostBook: { readonly book: unknown } | null = null;
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
    this.#lostBook = { book: this.#host.exchange.orderbooks[this.symbol] };
    if (!this.#mirror.isShown) return;
    this.#mirror.forget();
    this.#top = '';
    const receivedTime = this.#host.clock.now();
    this.#host.tell({ kind: 'bookLost', instrumentId: this.#id, reason, receivedTime });
  }

  /** Someone who knows better says that the book is wrong: the next news is that. */
  spoil(reason: string): void {
    this.#spoiled = new UnsoundBook(reason);
    this.#wake?.(this.#spoiled);
  }

  /** The queue to the main thread was dropped, which said so itself: the book is told anew. */
  forget(): void {
    this.#mirror.forget();
    this.#top = '';
  }

  #take(book: WatchedBook): void {
    const { clock, tell, reject } = this.#host;
    const result = this.#mirror.update(book, clock.now());
    if (!result.ok) throw new UnsoundBook(result.reason);
    if (!result.event) return;
    this.#lostBook = null;
    const { timestamp } = book;
    const isTimed = isExchangeTime(timestamp);
    if (!isTimed && timestamp !== undefined && timestamp !== null) {
      reject(`a book: the time ${shown(timestamp)} is not in epoch milliseconds`);
    }
    tell(result.event);
    if (this.#options.withQuotes) this.#tellQuote(book, isTimed ? timestamp : undefined);
  }

  /** A fresh book that came while nobody waited for it, after the last one was lost. */
  #takeWhatCame(): void {
    if (this.#lostBook === null) return;
    const fresh = this.#host.exchange.orderbooks[this.symbol];
    if (fresh === undefined || fresh === this.#lostBook.book) return;
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

export class QuoteStream implements Stream {
  readonly name = 'quotes';
  readonly symbol: string;
  readonly #host: StreamHost;
  readonly #id: InstrumentId;
  readonly #from: 'bidsAsks' | 'ticker';

  constructor(host: StreamHost, symbol: string, from: 'bidsAsks' | 'ticker') {
    this.symbol = symbol;
    this.#host = host;
    this.#id = instrumentId(host.house.exchange, symbol);
    this.#from = from;
  }

  async next(): Promise<void> {
    const { exchange } = this.#host;
    const ticker =
      this.#from === 'bidsAsks'
        ? (await exchange.watchBidsAsks([this.symbol]))[this.symbol]
        : await exchange.watchTicker(this.symbol);
    if (ticker) tellQuote(this.#host, ticker, this.#id);
  }

  lose(): void {
    // A quote that was told was true when it was.
  }
}

function tellQuote(
  { house, clock, tell, reject }: StreamHost,
  ticker: Parameters<typeof readQuote>[0],
  id: InstrumentId,
): void {
  const read = readQuote(ticker, id, clock.now(), house.scaleOf(symbolOf(id)));
  if (read === null) return;
  if (read.ok) tell({ kind: 'quote', quote: read.value });
  else reject(read.reason);
}
