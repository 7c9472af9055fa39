import { type DecimalString, decimal } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import { type Instrument, type InstrumentId, UNKNOWN_TERMS } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Order, OrderDraft } from '#domain/order.ts';
import { type BookLevel, OrderBook } from '#domain/order-book.ts';
import { flatPosition } from '#domain/position.ts';
import type { Quote } from '#domain/quote.ts';
import type { Side } from '#domain/side.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { PaperBroker, type PaperBrokerState } from './paper-broker.ts';
import type { PaperTerms } from './paper-terms.ts';

export const START_TIME = 1_700_000_000_000 as EpochMs;

const INSTRUMENT: Instrument = {
  id: 'demo:BTC/USDT' as InstrumentId,
  exchange: 'demo',
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  priceIncrement: 0.1,
  sizeIncrement: 0.001,
  ...UNKNOWN_TERMS,
};

const TERMS: PaperTerms = {
  makerFeeBps: 10,
  takerFeeBps: 20,
  latencyMs: 0,
  slippageBps: 2,
  leverage: 1,
};

export const text = (value: string) => value as DecimalString;

export interface PaperMarketOptions {
  readonly terms?: Partial<PaperTerms>;
  readonly instrument?: Partial<Instrument>;
  readonly cash?: number;
}

/** A market that does what the test says, and one account on it. Time stands still unless told. */
export class PaperMarket {
  readonly book: OrderBook;
  quote: Quote | null = null;
  lastTrade: Trade | null = null;
  time: EpochMs = START_TIME;
  broker: PaperBroker;
  readonly orders: Order[] = [];
  readonly fills: Fill[] = [];
  readonly #instrument: Instrument;
  readonly #terms: PaperTerms;
  #tradeCount = 0;

  constructor({ terms, instrument, cash = 10_000 }: PaperMarketOptions = {}) {
    this.#instrument = { ...INSTRUMENT, ...instrument };
    this.#terms = { ...TERMS, ...terms };
    this.book = new OrderBook(this.#instrument.id);
    this.broker = this.#open({
      cash: decimal(cash),
      position: flatPosition('bot', this.#instrument.id, START_TIME),
      openOrders: [],
      orderSequence: 0,
      fillSequence: 0,
      saved: undefined,
    });
  }

  /** Ends the broker, and begins another from what would be on disk. */
  restart(state: unknown = this.broker.state()): void {
    this.#collect();
    const { cash, position, openOrders, orderSequence, fillSequence } = this.broker;
    const saved: unknown = JSON.parse(JSON.stringify(state ?? null));
    const last = new Map(this.orders.map((order) => [order.id, order]));
    const stored = [...openOrders]
      .map(({ id }) => last.get(id))
      .filter((order) => order !== undefined)
      .sort((a, b) => Number(a.id.slice(4)) - Number(b.id.slice(4)));
    this.broker = this.#open({
      ...{ cash, position, openOrders: stored, orderSequence, fillSequence, saved },
    });
  }

  /** Lets time pass, in which nothing happens. */
  pass(milliseconds: number): void {
    this.time = (this.time + milliseconds) as EpochMs;
  }

  show(bids: BookLevel[], asks: BookLevel[]): void {
    const { time } = this;
    const snapshot = {
      ...{ instrumentId: this.#instrument.id, bids, asks, sequence: 1 },
      ...{ eventTime: time, receivedTime: time },
    };
    this.book.applySnapshot(snapshot);
    this.#tell({ kind: 'bookSnapshot', snapshot });
  }

  lose(): void {
    this.book.clear();
    this.#tell({
      ...{ kind: 'bookLost', instrumentId: this.#instrument.id, reason: 'a test' },
      receivedTime: this.time,
    });
  }

  showQuote([bidPrice, bidSize]: BookLevel, [askPrice, askSize]: BookLevel): void {
    this.quote = {
      instrumentId: this.#instrument.id,
      bidPrice: bidPrice as Price,
      bidSize: bidSize as Size,
      askPrice: askPrice as Price,
      askSize: askSize as Size,
      eventTime: this.time,
      receivedTime: this.time,
    };
    this.#tell({ kind: 'quote', quote: this.quote });
  }

  print(
    price: number,
    size: number,
    aggressorSide: Side = 'sell',
    eventTime = this.time,
    receivedTime = this.time,
  ): void {
    this.#tradeCount += 1;
    const trade: Trade = {
      instrumentId: this.#instrument.id,
      id: String(this.#tradeCount),
      price: price as Price,
      size: size as Size,
      aggressorSide,
      eventTime,
      receivedTime,
    };
    if (this.lastTrade === null || eventTime >= this.lastTrade.eventTime) this.lastTrade = trade;
    this.#tell({ kind: 'trade', trade });
  }

  place(draft: OrderDraft): Order {
    const order = this.broker.place(draft, this.time);
    this.#collect();
    return order;
  }

  limit(side: Side, quantity: string, limitPrice: string, more: Partial<LimitDraft> = {}): Order {
    const draft = { type: 'limit', side, quantity: text(quantity), limitPrice: text(limitPrice) };
    return this.place({ ...draft, ...more } as OrderDraft);
  }

  market(side: Side, quantity: string, more: Partial<OrderDraft> = {}): Order {
    return this.place({ type: 'market', side, quantity: text(quantity), ...more } as OrderDraft);
  }

  cancel(id: string, reason = 'no longer wanted'): Order | undefined {
    const order = this.broker.cancel(id, this.time, reason);
    this.#collect();
    return order;
  }

  /** The fills since it was last asked. */
  takeFills(): readonly Fill[] {
    this.#collect();
    return this.fills.splice(0);
  }

  /** `quantity @ price` of the fills since it was last asked. */
  takeExecutions(): readonly string[] {
    return this.takeFills().map(({ quantity, price }) => `${quantity} @ ${price}`);
  }

  /** An order in its last state. */
  order(id: string): Order | undefined {
    this.#collect();
    return this.orders.findLast((order) => order.id === id);
  }

  #open(state: PaperBrokerState): PaperBroker {
    const options = { botId: 'bot', instrument: this.#instrument, terms: this.#terms };
    return new PaperBroker({ ...options, market: this, state });
  }

  #tell(event: MarketEvent): void {
    this.broker.onEvent(event, this.time);
    this.#collect();
  }

  #collect(): void {
    for (const { order, fill } of this.broker.takeChanges()) {
      this.orders.push(order);
      if (fill) this.fills.push(fill);
    }
  }
}

type LimitDraft = Extract<OrderDraft, { type: 'limit' }>;
