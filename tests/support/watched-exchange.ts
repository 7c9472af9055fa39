import { type InstrumentId, instrumentId, symbolOf } from '#domain/instrument.ts';
import type { Liquidation } from '#domain/liquidation.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { OrderBook } from '#domain/order-book.ts';
import type { Trade } from '#domain/trade.ts';
import { CcxtFeed } from '#main/feeds/ccxt/ccxt-feed.ts';
import { CcxtWorker } from '#main/feeds/ccxt/ccxt-worker.ts';
import type { FeedEnd, FeedSink } from '#main/feeds/feed.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import type { BookTop, FakeExchange, TruthTrade } from '#tests/fakes/exchanges/fake-exchange.ts';

const GIVE_UP_MS = 20_000;

/** A fake exchange seen through the real feed: what it told, held against the truth as it came. */
export class WatchedExchange {
  readonly fake: FakeExchange;
  readonly feed: CcxtFeed;
  readonly rejections: string[] = [];
  /** Each book top that was shown, though the real book never had it. */
  readonly wrongTops: string[] = [];
  readonly losses: string[] = [];
  readonly troubles: string[] = [];
  clockSamples = 0;
  readonly liquidations: Liquidation[] = [];
  quotes = 0;
  /** Book states that were shown. */
  books = 0;
  /** Told each book that is shown, for a closer look than at its top. */
  onBook: (symbol: string, book: OrderBook) => void = () => undefined;
  readonly #worker: CcxtWorker;
  readonly #abort = new AbortController();
  readonly #books = new Map<InstrumentId, OrderBook>();
  readonly #trades = new Map<InstrumentId, Trade[]>();
  readonly #waiting = new Set<() => void>();
  #ended: Promise<FeedEnd> | null = null;

  constructor(fake: FakeExchange, symbols: readonly string[]) {
    this.fake = fake;
    const configs = { [fake.ccxtId]: fake.config };
    const onTrouble = (reason: string) => void this.troubles.push(reason);
    this.#worker = new CcxtWorker({ clock: systemClock, configs, onTrouble });
    this.feed = new CcxtFeed(fake.ccxtId, symbols, this.#worker);
  }

  start(): void {
    const sink: FeedSink = {
      onEvents: (events) => {
        for (const event of events) this.#see(event);
        for (const look of this.#waiting) look();
      },
      onState: () => undefined,
      onRejected: ({ reason }) => void this.rejections.push(reason),
      onMarketHours: () => undefined,
      onClockSample: () => void this.clockSamples++,
    };
    this.#ended = this.feed.run(sink, this.#abort.signal);
  }

  /** Begins, and resolves as soon as so many streams are subscribed to; throws where the run ends before. */
  async startUntilSubscribed(count: number): Promise<void> {
    this.start();
    const ended = this.#ended?.then((end) => {
      const what = end.kind === 'failed' ? end.failure.message : end.kind;
      throw new Error(`the feed ended before it was subscribed: ${what}`);
    });
    await Promise.race([this.fake.subscribed(count), ended]);
    // It may end when it likes from now on.
    ended?.catch(() => undefined);
  }

  id(symbol: string): InstrumentId {
    return instrumentId(this.fake.ccxtId, symbol);
  }

  trades(symbol: string): readonly TruthTrade[] {
    const trades = this.#trades.get(this.id(symbol)) ?? [];
    return trades.map(({ id, price, size, aggressorSide, eventTime }) => ({
      ...{ id, price, size, aggressorSide },
      time: eventTime,
    }));
  }

  /** Undefined while no book is shown. */
  top(symbol: string): BookTop | undefined {
    const book = this.#books.get(this.id(symbol));
    return book?.isReady ? topOf(book) : undefined;
  }

  showsTruth(symbol: string): boolean {
    return JSON.stringify(this.top(symbol)) === JSON.stringify(this.fake.truth.currentTop(symbol));
  }

  /** Resolves when it holds after some event; fails after a while, saying `what`. */
  until(what: string, holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
      };
      const look = () => {
        if (!holds()) return;
        done();
        resolve();
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`waited in vain until ${what}`));
      }, GIVE_UP_MS);
      this.#waiting.add(look);
      look();
    });
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.#ended;
    await this.#worker.dispose();
    await this.fake.close();
  }

  #see(event: MarketEvent): void {
    switch (event.kind) {
      case 'trade': {
        const known = this.#trades.get(event.trade.instrumentId);
        if (known) known.push(event.trade);
        else this.#trades.set(event.trade.instrumentId, [event.trade]);
        break;
      }
      case 'quote': {
        const { instrumentId: id, bidPrice, bidSize, askPrice, askSize } = event.quote;
        this.quotes++;
        this.#compare(id, { bid: [bidPrice, bidSize], ask: [askPrice, askSize] });
        break;
      }
      case 'bookSnapshot':
        this.#book(event.snapshot.instrumentId).applySnapshot(event.snapshot);
        this.#show(event.snapshot.instrumentId);
        break;
      case 'bookDelta':
        this.#book(event.delta.instrumentId).applyDelta(event.delta);
        this.#show(event.delta.instrumentId);
        break;
      case 'bookLost':
        this.#book(event.instrumentId).clear();
        this.losses.push(event.reason);
        break;
      case 'liquidation':
        this.liquidations.push(event.liquidation);
        break;
      case 'gap':
      case 'backfill':
        break;
    }
  }

  #book(id: InstrumentId): OrderBook {
    const known = this.#books.get(id);
    if (known) return known;
    const book = new OrderBook(id);
    this.#books.set(id, book);
    return book;
  }

  #show(id: InstrumentId): void {
    const book = this.#book(id);
    this.books++;
    this.#compare(id, topOf(book));
    this.onBook(symbolOf(id), book);
  }

  #compare(id: InstrumentId, top: BookTop): void {
    if (!this.fake.truth.wasBook(symbolOf(id), top)) this.wrongTops.push(JSON.stringify(top));
  }
}

const topOf = (book: OrderBook): BookTop => ({ bid: book.best('buy'), ask: book.best('sell') });
