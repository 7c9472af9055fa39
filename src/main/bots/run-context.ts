import type { Result } from '#contract/errors.ts';
import { invariant } from '#domain/assert.ts';
import type { BotConfig, LogLevel } from '#domain/bot.ts';
import type { Clock } from '#domain/clock.ts';
import type { Decimal } from '#domain/decimal.ts';
import type { Instrument } from '#domain/instrument.ts';
import { eventTimeOf, type MarketEvent, receivedTimeOf } from '#domain/market-event.ts';
import type { Notification } from '#domain/notification.ts';
import { isOpen, type Order } from '#domain/order.ts';
import type { OrderPrices } from '#domain/order-change.ts';
import type { OrderPair } from '#domain/order-pair.ts';
import type { Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import { BotStep } from './bot-step.ts';
import type { BotChanges, BotRuntime } from './bot-store.ts';
import { StepTrail } from './step-trail.ts';
import type { Strategy, StrategyContext, StrategyMarket, StrategyOrder } from './strategy.ts';
import type { AccountChange, TradingAccount } from './trading-account.ts';

/** More answers than this to one market event is a strategy that answers itself without end. */
const MAX_STEPS_AN_EVENT = 1_000;
/** More orders than this at one market event is a strategy that orders in a loop. */
const MAX_ORDERS_AN_EVENT = 1_000;

export interface RunContextOptions {
  readonly config: BotConfig;
  readonly instrument: Instrument;
  readonly account: TradingAccount;
  readonly market: StrategyMarket;
  readonly lastFillTime: EpochMs | null;
  /** The market's time that it had seen; null where it goes on after one that nobody saw. */
  readonly time: EpochMs | null;
  readonly clock: Clock;
  /** Milliseconds of a clock that only goes forward: for durations, which nothing depends on. */
  readonly ticks: () => number;
  /** Makes a step durable and tells of it. Throws where it could not be written. */
  readonly commit: (changes: BotChanges) => void;
}

/** What trades: a strategy's hand on its account, and the step that is made of what it does. */
export class RunContext implements StrategyContext {
  readonly market: StrategyMarket;
  readonly trail: StepTrail;
  readonly #options: RunContextOptions;
  readonly #account: TradingAccount;
  readonly #step = new BotStep();
  #instrument: Instrument;
  #config: BotConfig;
  /** The market's; null until an event has told it, and again after the feed was cut. */
  /** Not a number until an event has told it: null beside numbers would box each of them. */
  #time: number;
  #lastFillTime: EpochMs | null;
  #ordersOfEvent = 0;

  constructor(options: RunContextOptions) {
    this.#options = options;
    this.#config = options.config;
    this.#instrument = options.instrument;
    this.#account = options.account;
    this.market = options.market;
    this.trail = new StepTrail(options.clock, options.ticks);
    this.#lastFillTime = options.lastFillTime;
    this.#time = options.time ?? Number.NaN;
  }

  get instrument(): Instrument {
    return this.#instrument;
  }

  get time(): EpochMs {
    return this.seenTime ?? this.#options.clock.now();
  }

  /** Null until an event has told it. */
  get seenTime(): EpochMs | null {
    return Number.isNaN(this.#time) ? null : (this.#time as EpochMs);
  }

  get position(): Position {
    return this.#account.position;
  }

  get cash(): Decimal {
    return this.#account.cash;
  }

  get openOrders(): readonly Order[] {
    return this.#account.openOrders;
  }

  get orderSequence(): number {
    return this.#account.orderSequence;
  }

  get config(): BotConfig {
    return this.#config;
  }

  get lastFillTime(): EpochMs | null {
    return this.#lastFillTime;
  }

  setTime(time: EpochMs): void {
    this.#time = time;
  }

  seeTimeOf(event: MarketEvent): void {
    // After a cut the feed may go on at another time: a recording that is played again does.
    if (event.kind === 'bookLost') this.#time = Number.NaN;
    this.#time = eventTimeOf(event) ?? this.seenTime ?? receivedTimeOf(event) ?? Number.NaN;
  }

  applyConfig(config: BotConfig): void {
    this.#config = config;
    this.#account.setTerms(config);
  }

  applyInstrument(instrument: Instrument): void {
    this.#instrument = instrument;
    this.#account.setInstrument(instrument);
  }

  place(request: StrategyOrder): Order {
    this.#ordersOfEvent += 1;
    this.#checkOrders();
    const order = this.#account.place(request, this.time);
    this.trail.placed(order);
    return order;
  }

  /** An order of the user's, for a market that is closed: why it waits stands in the bot's log. */
  hold(request: StrategyOrder, why: string): Order {
    const order = this.#account.hold(request, this.time);
    this.trail.placed(order);
    if (isOpen(order)) this.#tellHeld(order, why);
    return order;
  }

  /** As `place` and, where the market is closed (`closed` says why), `hold` do with one. */
  placePair(requests: OrderPair, closed: string | null): readonly Order[] {
    const orders = this.#account.placePair(requests, this.time, closed !== null);
    for (const order of orders) {
      this.trail.placed(order);
      if (closed !== null && isOpen(order)) this.#tellHeld(order, closed);
    }
    return orders;
  }

  cancel(orderId: string, reason: string): Order | undefined {
    return this.#account.cancel(orderId, this.time, reason);
  }

  /** Of an order that the user has placed: the strategy is told of it as of any other news of an order. */
  change(orderId: string, prices: OrderPrices): Result<Order> {
    return this.#account.change(orderId, prices, this.time);
  }

  cancelAll(reason: string): void {
    this.#account.cancelAll(this.time, reason);
    for (const change of this.#account.takeChanges()) this.#note(change);
  }

  log(level: LogLevel, message: string): void {
    this.#step.log(this.#config.id, level, message, this.time);
  }

  notify(notification: Notification): void {
    this.#step.notify(notification);
  }

  /** What the strategy does from now on, it does because of this; null where the market has no part in it. */
  beginEvent(event: MarketEvent | null): void {
    this.#ordersOfEvent = 0;
    this.trail.hear(event);
  }

  /** Tells the strategy what became of its orders until it has no further answer. */
  answerChanges(strategy: Strategy): void {
    let steps = 0;
    for (;;) {
      const changes = this.#account.takeChanges();
      if (changes.length === 0) return;
      for (const change of changes) this.#note(change);
      for (const { order, fill } of changes) {
        steps += 1;
        invariant(steps <= MAX_STEPS_AN_EVENT, 'the strategy answers its own fills without end');
        if (fill) {
          this.trail.because({ of: 'fill', fill });
          strategy.onFill?.(fill, order, this);
        }
        strategy.onOrder?.(order, this);
      }
    }
  }

  /** All that the strategy has to say to what happened is said; it may have caught what `place` threw. */
  endEvent(strategy: Strategy): void {
    this.answerChanges(strategy);
    this.#checkOrders();
  }

  /** Whether anything was done since the last commit. */
  get hasStep(): boolean {
    return !this.#step.isEmpty;
  }

  commit(runtime: BotRuntime): void {
    const step = { runtime, position: this.position, trail: this.trail.take() };
    this.#step.commit(step, this.#options.commit);
  }

  #tellHeld({ id }: Order, why: string): void {
    this.log('info', `Order ${id} waits for the opening: ${why}`);
  }

  #checkOrders(): void {
    if (this.#ordersOfEvent > MAX_ORDERS_AN_EVENT) {
      throw new Error(`The strategy orders in a loop: ${MAX_ORDERS_AN_EVENT} orders at one event`);
    }
  }

  #note(change: AccountChange): void {
    this.trail.note(change.order, change.fill);
    if (change.fill) this.#lastFillTime = change.fill.eventTime;
    this.#step.order(change, this.#config, this.#instrument, this.#options.clock.now());
  }
}
