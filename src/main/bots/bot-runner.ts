import { invariant } from '#domain/assert.ts';
import type { BotConfig, BotLogEntry, LogLevel } from '#domain/bot.ts';
import type { Clock } from '#domain/clock.ts';
import { toDecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { Instrument } from '#domain/instrument.ts';
import { eventTimeOf, type MarketEvent, receivedTimeOf } from '#domain/market-event.ts';
import type { Notification } from '#domain/notification.ts';
import type { Order, OrderDraft } from '#domain/order.ts';
import type { Performance } from '#domain/performance.ts';
import type { Position } from '#domain/position.ts';
import type { EpochMs } from '#domain/units.ts';
import type { BotChanges, BotRuntime } from './bot-store.ts';
import { fillNotification } from './fill-notification.ts';
import type { Strategy, StrategyContext } from './strategy.ts';
import type { TradingAccount } from './trading-account.ts';

/** More steps than this from one market event is a strategy that answers itself without end. */
const MAX_STEPS_AN_EVENT = 1_000;

export interface BotRunnerOptions {
  readonly config: BotConfig;
  readonly instrument: Instrument;
  readonly strategy: Strategy;
  readonly account: TradingAccount;
  readonly lastFillTime: EpochMs | null;
  readonly performance: Performance;
  readonly clock: Clock;
  /** Makes a step durable and tells of it. Throws where it could not be written. */
  readonly commit: (changes: BotChanges) => void;
}

/**
 * Runs one strategy on one account. Each market event is one step: the account executes, the strategy
 * answers, and what came of it is committed as a whole before the next event is looked at.
 */
export class BotRunner implements StrategyContext {
  readonly instrument: Instrument;
  readonly #options: BotRunnerOptions;
  #config: BotConfig;
  /** The market's; null until an event has told it, and again after the feed was cut. */
  #time: EpochMs | null = null;
  #lastFillTime: EpochMs | null;
  #orders: Order[] = [];
  #fills: Fill[] = [];
  #logs: BotLogEntry[] = [];
  #notifications: Notification[] = [];

  constructor(options: BotRunnerOptions) {
    this.#options = options;
    this.#config = options.config;
    this.instrument = options.instrument;
    this.#lastFillTime = options.lastFillTime;
  }

  get time(): EpochMs {
    return this.#time ?? this.#options.clock.now();
  }

  get position(): Position {
    return this.#options.account.position;
  }

  get openOrders(): readonly Order[] {
    return this.#options.account.openOrders;
  }

  place(request: OrderDraft): Order {
    return this.#options.account.place(request, this.time);
  }

  cancel(orderId: string, reason: string): void {
    this.#options.account.cancel(orderId, this.time, reason);
  }

  log(level: LogLevel, message: string): void {
    this.#logs.push({ botId: this.#config.id, level, message, time: this.time });
  }

  onEvent(event: MarketEvent): void {
    // After a cut the feed may go on at another time: a recording that is played again does.
    if (event.kind === 'bookLost') this.#time = null;
    this.#time = eventTimeOf(event) ?? this.#time ?? receivedTimeOf(event);
    const { account, strategy } = this.#options;
    account.onEvent(event, this.time);
    this.#answerChanges();
    if (event.kind === 'trade') {
      strategy.onTrade(event.trade, this);
      this.#answerChanges();
    }
    this.#commitStep();
  }

  /** Cancels one order at the user's wish; undefined where it is not open. */
  cancelByUser(orderId: string): Order | undefined {
    const order = this.#options.account.cancel(orderId, this.time, 'canceled by the user');
    this.#answerChanges();
    this.#commitStep();
    return order;
  }

  applyConfig(config: BotConfig): void {
    this.#config = config;
    this.#options.account.setFees(config);
  }

  /** Ends the run: open orders are cancelled, the position stays. */
  stop(reason: string): void {
    this.#cancelAll(reason);
    this.log('info', `Stopped: ${reason}`);
    this.#commitStep({ state: 'stopped', error: null, strategyState: undefined });
  }

  /** Ends the run because of a fault: as `stop`, and the user is told. */
  fail(error: string): void {
    this.#cancelAll(error);
    this.log('error', error);
    this.#notifications.push({
      id: `bot-error-${this.#config.id}-${this.#options.account.orderSequence}`,
      kind: 'bot',
      severity: 'critical',
      title: `${this.#config.name} stopped with an error`,
      body: error,
      source: { botId: this.#config.id },
      read: false,
      createdTime: this.#options.clock.now(),
    });
    this.#commitStep({ state: 'error', error, strategyState: undefined });
  }

  runtime(): BotRuntime {
    const { account, strategy } = this.#options;
    return {
      botId: this.#config.id,
      state: 'running',
      pausedBy: null,
      error: null,
      reason: null,
      isClosing: false,
      cash: toDecimalString(account.cash),
      strategyState: strategy.state(),
      accountState: account.state(),
      performance: this.#options.performance,
      orderSequence: account.orderSequence,
      fillCount: account.fillSequence,
      lastFillTime: this.#lastFillTime,
    };
  }

  /** Writes down what only the strategy knows, at a clean shutdown. */
  checkpoint(): void {
    this.#commit(this.runtime());
  }

  #cancelAll(reason: string): void {
    for (const order of this.openOrders) this.cancel(order.id, reason);
    this.#collectChanges();
  }

  /** Hands fills to the strategy until it has no further answer. */
  #answerChanges(): void {
    let steps = 0;
    for (let filled = this.#collectChanges(); filled.length > 0; filled = this.#collectChanges()) {
      for (const { fill, order } of filled) {
        steps += 1;
        invariant(steps <= MAX_STEPS_AN_EVENT, 'the strategy answers its own fills without end');
        this.#options.strategy.onFill(fill, order, this);
      }
    }
  }

  #collectChanges(): { readonly fill: Fill; readonly order: Order }[] {
    const filled: { fill: Fill; order: Order }[] = [];
    for (const { order, fill } of this.#options.account.takeChanges()) {
      this.#orders.push(order);
      if (!fill) continue;
      this.#fills.push(fill);
      this.#lastFillTime = fill.eventTime;
      const now = this.#options.clock.now();
      this.#notifications.push(fillNotification(fill, this.#config, this.instrument, now));
      filled.push({ fill, order });
    }
    return filled;
  }

  #commitStep(ending: Partial<BotRuntime> = {}): void {
    const hasEnded = ending.state !== undefined;
    if (this.#orders.length + this.#logs.length + this.#notifications.length === 0 && !hasEnded) {
      return;
    }
    this.#commit({ ...this.runtime(), ...ending });
  }

  /** What could not be written stays, so that a later commit writes it or none of what follows. */
  #commit(runtime: BotRuntime): void {
    this.#options.commit({
      runtime,
      orders: this.#orders,
      fills: this.#fills,
      position: this.#fills.length > 0 ? this.position : null,
      logs: this.#logs,
      notifications: this.#notifications,
    });
    this.#orders = [];
    this.#fills = [];
    this.#logs = [];
    this.#notifications = [];
  }
}
