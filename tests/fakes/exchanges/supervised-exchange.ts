import type { FeedStatus } from '#contract/model.ts';
import { type InstrumentId, instrumentId, symbolOf } from '#domain/instrument.ts';
import { instrumentOf, type MarketEvent } from '#domain/market-event.ts';
import type { Trade } from '#domain/trade.ts';
import { CcxtFeed } from '#main/feeds/ccxt/ccxt-feed.ts';
import { CcxtWorker } from '#main/feeds/ccxt/ccxt-worker.ts';
import { FeedSupervisor } from '#main/feeds/supervisor.ts';
import { MarketData } from '#main/market/market-data.ts';
import { tellAtOnce } from '#main/market/market-outlet.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import type { BookTop, FakeExchange, TruthTrade } from './fake-exchange.ts';

/** How often conditions are looked at that no event announces. */
const LOOK_MS = 50;
/** Two clocks, a delay of two seconds, and a little. */
const ROUGHLY_MS = 3_000;

export interface WatchOptions {
  /** All that the fake plays unless told. */
  readonly symbols?: readonly string[];
  /** False where quotes are a stream of their own, finer than the book that is known. */
  readonly hasQuotesOfBook?: boolean;
}

/**
 * A fake exchange behind the real feed, supervisor and market. Each event is held against the truth at
 * the moment it comes; what was not true is kept in `lies`.
 */
export class SupervisedExchange {
  readonly fake: FakeExchange;
  readonly feed: CcxtFeed;
  readonly market = new MarketData(tellAtOnce(() => undefined));
  readonly events: MarketEvent[] = [];
  /** Shown, but never so on the exchange; a sentence each. */
  readonly lies: string[] = [];
  /** Live trades by instrument, in the order in which they came. */
  readonly trades = new Map<InstrumentId, Trade[]>();
  readonly #supervisor: FeedSupervisor;
  readonly #worker: CcxtWorker;
  readonly #symbols: readonly string[];
  readonly #known = new Set<string>();
  #startTime = Number.POSITIVE_INFINITY;
  readonly #hasQuotesOfBook: boolean;

  private constructor(
    fake: FakeExchange,
    { symbols = fake.symbols, hasQuotesOfBook = true }: WatchOptions,
  ) {
    this.fake = fake;
    this.#hasQuotesOfBook = hasQuotesOfBook;
    this.#symbols = symbols;
    const configs = { [fake.ccxtId]: fake.config };
    this.#worker = new CcxtWorker({ clock: systemClock, configs, onTrouble: () => undefined });
    this.feed = new CcxtFeed(fake.ccxtId, symbols, this.#worker);
    this.#supervisor = new FeedSupervisor({
      clock: systemClock,
      createFeed: () => this.feed,
      // The shortest delays that the backoff allows.
      random: () => 0.999,
      listeners: {
        onEvents: (events) => this.#hear(events),
        onStatus: () => undefined,
        onInstruments: () => undefined,
        onCrash: (_, error) => this.lies.push(`the feed crashed: ${String(error)}`),
        onRejected: () => undefined,
        onBackfillFailed: () => undefined,
      },
    });
  }

  /** Resolves when the feed is live and shows every book; throws where it is refused. */
  static async start(fake: FakeExchange, options: WatchOptions = {}): Promise<SupervisedExchange> {
    const watched = new SupervisedExchange(fake, options);
    const added = await watched.#supervisor.add(watched.#spec);
    if (!added.ok) throw new Error(added.error.message);
    await watched.until('it is live', () => watched.status.state.kind === 'live');
    await watched.until('every book is there', () => watched.hasBooks);
    watched.#startTime = systemClock.now();
    return watched;
  }

  get #spec(): string {
    return `ccxt:${this.fake.ccxtId}:${this.#symbols.join(',')}`;
  }

  get status(): FeedStatus {
    const [status] = this.#supervisor.statuses();
    if (!status) throw new Error('the feed is gone');
    return status;
  }

  get instrumentIds(): readonly InstrumentId[] {
    return this.#symbols.map((symbol) => instrumentId(this.fake.ccxtId, symbol));
  }

  /** Every instrument has a book, and its top is the true one. */
  get hasTrueBooks(): boolean {
    return this.instrumentIds.every((id) => {
      const { book } = this.market.of(id);
      const top = this.fake.truth.currentTop(symbolOf(id));
      return (
        book.isReady &&
        String(book.best('buy')) === String(top?.bid) &&
        String(book.best('sell')) === String(top?.ask)
      );
    });
  }

  /** Every instrument has a book; while the market moves none can be asked to be up to date. */
  get hasBooks(): boolean {
    return this.instrumentIds.every((id) => this.market.of(id).book.isReady);
  }

  /** All trades of the exchange came, in its order, each once. */
  get hasAllTrades(): boolean {
    return this.instrumentIds.every((id) => {
      const ids = this.fake.truth.trades(symbolOf(id)).map((trade) => trade.id);
      const came = (this.trades.get(id) ?? []).map((trade) => trade.id);
      return String(ids) === String(came);
    });
  }

  /**
   * Trades that came neither live nor afterwards though no gap says so. With times of the present,
   * and a little late: what was just sent is not missing yet.
   */
  untoldHoles(now: number): readonly string[] {
    return this.instrumentIds.flatMap((id) => {
      const live = this.trades.get(id) ?? [];
      const told = new Set(live.map((trade) => trade.id));
      const gaps = this.events.filter((event) => event.kind === 'gap' && event.instrumentId === id);
      for (const event of this.events)
        if (event.kind === 'backfill') for (const { id } of event.trades) told.add(id);
      const isInGap = (time: number) =>
        gaps.some(
          (gap) =>
            gap.kind === 'gap' &&
            gap.fromTime - ROUGHLY_MS <= time &&
            time <= gap.toTime + ROUGHLY_MS,
        );
      return this.fake.truth
        .trades(symbolOf(id))
        .filter(({ time }) => time > this.#startTime && time < now - ROUGHLY_MS)
        .filter((trade) => !told.has(trade.id) && !isInGap(trade.time))
        .map((trade) => `${id} ${trade.id} at ${trade.time}`);
    });
  }

  /** Why books were thrown away, in their order. */
  get losses(): readonly string[] {
    return this.events.flatMap((event) => (event.kind === 'bookLost' ? [event.reason] : []));
  }

  count(kind: MarketEvent['kind']): number {
    return this.events.filter((event) => event.kind === kind).length;
  }

  /** Milliseconds until the condition held; throws with the feed's state where it never did. */
  async until(what: string, condition: () => boolean, timeoutMs = 30_000): Promise<number> {
    const startedAt = performance.now();
    while (!condition()) {
      const passed = performance.now() - startedAt;
      if (passed > timeoutMs) {
        const state = JSON.stringify(this.status.state);
        throw new Error(`${this.fake.ccxtId}: not within ${timeoutMs} ms: ${what}. ${state}`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return performance.now() - startedAt;
  }

  async close(): Promise<void> {
    await this.#supervisor.dispose();
    await this.#worker.dispose();
    await this.fake.close();
  }

  #hear(events: readonly MarketEvent[]): void {
    for (const event of events) {
      this.events.push(event);
      this.market.apply(event);
      this.#judge(event);
    }
  }

  #judge(event: MarketEvent): void {
    if (event.kind === 'trade') this.#judgeTrade(event.trade);
    if (event.kind === 'backfill')
      for (const trade of event.trades) this.#checkTrade(trade, 'backfilled');
    if (event.kind === 'quote' && this.#hasQuotesOfBook) {
      const { instrumentId: id, bidPrice, bidSize, askPrice, askSize } = event.quote;
      this.#checkTop(id, { bid: [bidPrice, bidSize], ask: [askPrice, askSize] });
    }
    if (event.kind === 'bookSnapshot' || event.kind === 'bookDelta')
      this.#judgeBook(instrumentOf(event));
  }

  #judgeTrade(trade: Trade): void {
    const key = `${trade.instrumentId} ${trade.id}`;
    if (this.#known.has(key)) this.lies.push(`trade ${key} came twice`);
    this.#known.add(key);
    this.#checkTrade(trade, 'shown');
    const trades = this.trades.get(trade.instrumentId);
    if (trades) trades.push(trade);
    else this.trades.set(trade.instrumentId, [trade]);
  }

  #checkTrade(trade: Trade, how: string): void {
    const all = this.fake.truth.trades(symbolOf(trade.instrumentId));
    const truth = all.findLast((each) => each.id === trade.id);
    if (truth && isSame(trade, truth)) return;
    const { id, price, size, aggressorSide, eventTime } = trade;
    const said = JSON.stringify({ id, price, size, aggressorSide, eventTime });
    this.lies.push(`${how}: trade ${said}, but it was ${JSON.stringify(truth)}`);
  }

  #judgeBook(id: InstrumentId): void {
    const { book } = this.market.of(id);
    this.#checkTop(id, { bid: book.best('buy'), ask: book.best('sell') });
  }

  #checkTop(id: InstrumentId, top: BookTop): void {
    if (!this.fake.truth.wasBook(symbolOf(id), top))
      this.lies.push(`${id} never had the top ${JSON.stringify(top)}`);
  }
}

const isSame = (trade: Trade, truth: TruthTrade): boolean =>
  trade.price === truth.price &&
  trade.size === truth.size &&
  trade.aggressorSide === truth.aggressorSide &&
  trade.eventTime === truth.time;
