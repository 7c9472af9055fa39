import { fail, type Result, succeed } from '#contract/errors.ts';
import type { BotView, RequestParams, StrategyDescription } from '#contract/requests.ts';
import type { BotConfig } from '#domain/bot.ts';
import type { Clock } from '#domain/clock.ts';
import { decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import { feesOf } from '#domain/fee-schedule.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { canWait, isOpen, type Order, type OrderDraft, PLACED_BY_USER } from '#domain/order.ts';
import type { OrderPrices } from '#domain/order-change.ts';
import type { OrderPair } from '#domain/order-pair.ts';
import { NEW_PERFORMANCE } from '#domain/performance.ts';
import { Bot } from './bot.ts';
import { type ConfigChange, configChange, parseParams } from './bot-changes.ts';
import type { BotEngine, BotEngineOptions } from './bot-engine.ts';
import type { BotLifecycle, OrdersAtPause, PositionAtStop } from './bot-lifecycle.ts';
import { type BotRuntime, onlyRuntime } from './bot-store.ts';
import { describeStrategy } from './describe-strategy.ts';
import { missingSentence, type WhyMissing } from './missing-strategy.ts';
import type { RunContext } from './run-context.ts';
import type { StrategyDefinition } from './strategy.ts';

export interface BotRegistryOptions
  extends Pick<BotEngineOptions, 'store' | 'findInstrument' | 'markPrice'> {
  readonly clock: Clock;
  readonly strategies: readonly StrategyDefinition[];
  /** All bots, in the order in which they were made; filled here. */
  readonly bots: Map<string, Bot>;
  readonly engine: BotEngine;
  readonly lifecycle: BotLifecycle;
  readonly createId: () => string;
  readonly whyMissing: WhyMissing;
}

const BY_USER = 'by the user';

/** All bots that run here, and what the user does with them. */
export class BotRegistry {
  readonly #options: BotRegistryOptions;
  readonly #bots: Map<string, Bot>;
  readonly #createdListeners = new Set<(botId: string) => void>();
  readonly #removedListeners = new Set<(botId: string) => void>();

  constructor(options: BotRegistryOptions) {
    this.#options = options;
    this.#bots = options.bots;
    for (const stored of options.store.list()) {
      const bot = new Bot(stored, options.store, options.clock);
      this.#bots.set(bot.id, bot);
      options.engine.onMarket.place(bot);
      options.engine.publishState(bot);
    }
  }

  flush(): void {
    this.#options.engine.flush();
  }

  strategies(): readonly StrategyDescription[] {
    return this.#options.strategies.map(describeStrategy);
  }

  ids(): readonly string[] {
    return [...this.#bots.keys()];
  }

  has(botId: string): boolean {
    return this.#bots.has(botId);
  }

  list(): readonly BotView[] {
    return [...this.#bots.values()].map((bot) => this.#view(bot));
  }

  on(instrumentId: InstrumentId): readonly BotView[] {
    return [...this.#bots.values()]
      .filter(({ config }) => config.instrumentId === instrumentId)
      .map((bot) => this.#view(bot));
  }

  /** As it stands on disk. */
  get(botId: string): Result<BotView> {
    const bot = this.#bots.get(botId);
    return bot ? succeed(this.#view(bot)) : unknownBot(botId);
  }

  onCreated(listener: (botId: string) => void): () => void {
    this.#createdListeners.add(listener);
    return () => this.#createdListeners.delete(listener);
  }

  onRemoved(listener: (botId: string) => void): () => void {
    this.#removedListeners.add(listener);
    return () => this.#removedListeners.delete(listener);
  }

  /** Bots begin that were waiting for a feed, and wait whose instrument has disappeared. */
  onInstrumentsChanged(): void {
    const { lifecycle, findInstrument, engine } = this.#options;
    for (const bot of this.#bots.values()) {
      const instrument = findInstrument(bot.config.instrumentId);
      if (!instrument) lifecycle.putAside(bot);
      else if (bot.run) bot.run.runner.applyInstrument(instrument);
      else lifecycle.wake(bot);
    }
    engine.flush();
  }

  /** Bots whose strategy has become another one go on with it, once they have dealt with what happened. */
  renew(strategyId: string): void {
    for (const bot of this.#runningOn(strategyId)) {
      const settled = bot.run?.runner.settled ?? null;
      if (settled) void settled.then(() => this.#renew(bot));
      else this.#renew(bot);
    }
  }

  /** Bots that trade by a strategy, or would if nothing held them. */
  usersOf(strategyId: string): readonly Bot[] {
    return [...this.#bots.values()].filter(
      (bot) => bot.config.strategy === strategyId && !isAtRest(bot),
    );
  }

  /** Something about their strategy that is to stand in the logs of its running bots. */
  tellOf(strategyId: string, sentence: string): void {
    const { engine } = this.#options;
    for (const bot of this.#runningOn(strategyId)) {
      engine.step(bot, (runner) => runner.restate('warn', sentence));
    }
    engine.flush();
  }

  create(draft: RequestParams<'bots.create'>): Result<BotView> {
    const { start, params: given, ...rest } = draft;
    const instrument = this.#options.findInstrument(draft.instrumentId);
    if (!instrument) {
      return fail('unknown_instrument', `No feed carries ${draft.instrumentId}`);
    }
    if (decimal(draft.initialCash).lt(ZERO)) {
      return fail('invalid_payload', 'initialCash: must not be negative');
    }
    const strategy = this.#strategyOf(draft.strategy);
    if (!strategy.ok) return strategy;
    const params = parseParams(strategy.value, given);
    if (!params.ok) return params;
    const bot = this.#insert({ ...feesOf(instrument), ...rest, params: params.value });
    return start ? this.start(bot.id) : succeed(this.#view(bot));
  }

  /** With the same settings, nothing done yet, and stopped. */
  clone({ botId, name }: RequestParams<'bots.clone'>): Result<BotView> {
    const original = this.#bots.get(botId);
    if (!original) return unknownBot(botId);
    const { id: _id, createdTime: _created, archivedTime: _archived, ...rest } = original.config;
    const copy = this.#insert({ ...rest, name: name ?? `${rest.name} (copy)` });
    return succeed(this.#view(copy));
  }

  update({ botId, changes }: RequestParams<'bots.update'>): Result<BotView> {
    return this.#with(botId, (bot) => {
      const strategy = this.#strategyOf(bot.config.strategy);
      if (!strategy.ok) return strategy;
      const change = configChange(bot, changes, strategy.value);
      if (change.ok) this.#applyChange(bot, change.value);
      return change;
    });
  }

  start(botId: string): Result<BotView> {
    return this.#with(botId, (bot) => this.#options.lifecycle.start(bot));
  }

  pause(botId: string, orders: OrdersAtPause): Result<BotView> {
    return this.#with(botId, (bot) => this.#options.lifecycle.pause(bot, orders));
  }

  stop(botId: string, position: PositionAtStop): Result<BotView> {
    return this.#with(botId, (bot) => {
      this.#options.lifecycle.stop(bot, position, BY_USER);
      return succeed(undefined);
    });
  }

  /** Out of sight, or back. */
  archive(botId: string, isArchived: boolean): Result<BotView> {
    return this.#with(botId, (bot) => {
      const { config } = bot;
      if ((config.archivedTime !== null) === isArchived) return succeed(undefined);
      if (isArchived && !isAtRest(bot)) {
        return fail('invalid_state', 'Stop the bot before archiving it');
      }
      if (isArchived && !bot.isFlat) {
        const { quantity } = bot.position;
        return fail('invalid_state', `It still holds ${quantity}: close its position first`);
      }
      if (isArchived && bot.openOrderCount > 0) {
        return fail('invalid_state', 'It still has open orders: cancel them first');
      }
      const archivedTime = isArchived ? this.#options.clock.now() : null;
      this.#commitConfig(bot, { ...config, archivedTime });
      return succeed(undefined);
    });
  }

  remove(botId: string): Result<{ botId: string }> {
    const bot = this.#bots.get(botId);
    if (!bot) return unknownBot(botId);
    if (!isAtRest(bot)) return fail('invalid_state', 'Stop the bot before deleting it');
    const { engine, store } = this.#options;
    engine.detach(bot, (runner) => runner.abandon());
    engine.flush();
    store.remove(botId);
    engine.forget(bot);
    this.#bots.delete(botId);
    for (const listener of this.#removedListeners) listener(botId);
    return succeed({ botId });
  }

  /** Of the user's own making, on the account of a bot. */
  placeOrder(botId: string, draft: OrderDraft): Result<Order> {
    const order = { ...draft, why: PLACED_BY_USER };
    return this.#byHand(botId, canWait(order), (context, closed) =>
      closed === null ? context.place(order) : context.hold(order, closed),
    );
  }

  /** Two by hand of which one ends the other: both are taken, or none. */
  placePair(botId: string, drafts: OrderPair): Result<readonly Order[]> {
    const orders: OrderPair = [
      { ...drafts[0], why: PLACED_BY_USER },
      { ...drafts[1], why: PLACED_BY_USER },
    ];
    return this.#byHand(botId, orders.every(canWait), (context, closed) =>
      context.placePair(orders, closed),
    );
  }

  /** Other prices for an order of the user's own making; those of its strategy are the strategy's. */
  changeOrder(order: Order, prices: OrderPrices): Result<Order> {
    const bot = this.#bots.get(order.botId);
    if (!bot || !isOpen(order))
      return fail('invalid_state', `The order is already ${order.status}`);
    if (order.why !== PLACED_BY_USER) {
      return fail('invalid_state', 'Only an order that was placed by hand can be moved by hand');
    }
    const changed = this.#options.lifecycle.onAccount(
      bot,
      (runner) => runner.act((context) => context.change(order.id, prices)),
      // One that rests in a market is not moved by what was known before that closed.
      order.status === 'submitted',
    );
    this.#options.engine.flush();
    return changed.ok ? changed.value : changed;
  }

  /** By a market order; what it comes to is told as of every order. */
  closePosition(botId: string): Result<Order> {
    const bot = this.#bots.get(botId);
    if (!bot) return unknownBot(botId);
    const quantity = decimal(bot.run?.account.position.quantity ?? bot.position.quantity);
    if (quantity.eq(ZERO)) return fail('invalid_state', 'It holds no position');
    return this.placeOrder(botId, {
      ...{ type: 'market', side: quantity.gt(ZERO) ? 'sell' : 'buy', reduceOnly: true },
      quantity: toDecimalString(quantity.abs()),
    });
  }

  cancelOrder(order: Order): Result<Order> {
    const { engine, lifecycle } = this.#options;
    const bot = this.#bots.get(order.botId);
    const why = 'canceled by the user';
    if (!bot || !isOpen(order))
      return fail('invalid_state', `The order is already ${order.status}`);
    const canceled = bot.run
      ? bot.run.runner.act((context) => context.cancel(order.id, why))
      : engine.unattended.cancelOne(bot, order.id, why);
    lifecycle.afterStep(bot);
    engine.flush();
    return canceled
      ? succeed(canceled)
      : fail('invalid_state', 'The order was no longer open when it was to be canceled');
  }

  #insert(settings: Omit<BotConfig, 'id' | 'createdTime' | 'archivedTime'>): Bot {
    const { createId, clock, store, engine } = this.#options;
    const base = { id: createId(), createdTime: clock.now(), archivedTime: null };
    const config: BotConfig = { ...settings, ...base };
    const stored = { config, runtime: freshRuntime(config) };
    store.insert(stored);
    const bot = new Bot(stored, store, clock);
    this.#bots.set(bot.id, bot);
    engine.publishState(bot);
    for (const listener of this.#createdListeners) listener(bot.id);
    return bot;
  }

  #runningOn(strategyId: string): readonly Bot[] {
    return [...this.#bots.values()].filter(
      ({ config, run }) => run && config.strategy === strategyId,
    );
  }

  #renew(bot: Bot): void {
    if (!bot.run) return;
    const { engine, lifecycle } = this.#options;
    engine.detach(bot, (runner) => runner.suspend('Its strategy has changed', 'keep'));
    engine.flush();
    lifecycle.wake(bot);
    engine.publishState(bot);
  }

  /** Cash that is paid in or taken out is no profit and no loss: config and cash move together. */
  #applyChange(bot: Bot, { config, deposit, otherParameters }: ConfigChange): void {
    const { engine, lifecycle } = this.#options;
    const goesOn = bot.run !== null && otherParameters !== null;
    if (goesOn) engine.detach(bot, (runner) => runner.suspend(otherParameters, 'keep'));
    engine.flush();
    const runtime = bot.currentRuntime();
    bot.run?.account.deposit(deposit);
    bot.run?.runner.applyConfig(config);
    const cash = toDecimalString(decimal(runtime.cash).plus(deposit));
    bot.config = config;
    engine.commit(bot, { ...onlyRuntime({ ...runtime, cash }), config });
    engine.flush();
    bot.weigh();
    if (goesOn) lifecycle.wake(bot);
    lifecycle.reconsider(bot);
    engine.publishState(bot);
  }

  #commitConfig(bot: Bot, config: BotConfig): void {
    const { engine } = this.#options;
    bot.config = config;
    engine.commit(bot, { ...onlyRuntime(bot.currentRuntime()), config });
    engine.publishState(bot);
  }

  /** `mayWait`: for a market that is closed, and is then told to be. */
  #byHand<T>(
    botId: string,
    mayWait: boolean,
    place: (context: RunContext, closed: string | null) => T,
  ): Result<T> {
    const bot = this.#bots.get(botId);
    if (!bot) return unknownBot(botId);
    if (bot.config.archivedTime !== null) return fail('invalid_state', 'The bot is archived');
    const placed = this.#options.lifecycle.onAccount(
      bot,
      (runner, closed) => runner.act((context) => place(context, closed)),
      mayWait,
    );
    this.#options.engine.flush();
    return placed;
  }

  /** The bot as it stands on disk after `work`. */
  #with(botId: string, work: (bot: Bot) => Result<unknown>): Result<BotView> {
    const bot = this.#bots.get(botId);
    if (!bot) return unknownBot(botId);
    const done = work(bot);
    this.#options.engine.flush();
    return done.ok ? succeed(this.#view(bot)) : done;
  }

  #strategyOf(id: string): Result<StrategyDefinition> {
    const { strategies, whyMissing } = this.#options;
    const strategy = strategies.find((one) => one.id === id);
    if (strategy) return succeed(strategy);
    return fail('invalid_payload', `strategy: ${missingSentence(id, whyMissing(id))}`);
  }

  #view(bot: Bot): BotView {
    return bot.view(this.#options.markPrice(bot.config.instrumentId));
  }
}

const unknownBot = (botId: string) => fail('unknown_bot', `There is no bot ${botId}`);

const isAtRest = ({ standing }: Bot): boolean =>
  standing.state === 'stopped' || standing.state === 'error';

const freshRuntime = (config: BotConfig): BotRuntime => ({
  botId: config.id,
  state: 'stopped',
  pausedBy: null,
  error: null,
  reason: null,
  isClosing: false,
  cash: config.initialCash,
  strategyState: undefined,
  accountState: undefined,
  performance: NEW_PERFORMANCE,
  orderSequence: 0,
  fillCount: 0,
  lastFillTime: null,
});
