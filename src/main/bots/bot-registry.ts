import { fail, type Result, succeed } from '#contract/errors.ts';
import type { BotView, RequestParams, StrategyDescription } from '#contract/requests.ts';
import type { BotConfig } from '#domain/bot.ts';
import { decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import { feesOf } from '#domain/fee-schedule.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { isOpen, type Order } from '#domain/order.ts';
import { NEW_PERFORMANCE } from '#domain/performance.ts';
import { Bot } from './bot.ts';
import type { BotEngine, BotEngineOptions } from './bot-engine.ts';
import { type BotRuntime, onlyRuntime } from './bot-store.ts';
import { describeStrategy } from './describe-strategy.ts';

export interface BotRegistryOptions
  extends Pick<
    BotEngineOptions,
    'store' | 'strategies' | 'clock' | 'findInstrument' | 'markPrice'
  > {
  readonly engine: BotEngine;
  readonly createId: () => string;
}

/** All bots, and what the user does with them. */
export class BotRegistry {
  readonly #options: BotRegistryOptions;
  readonly #engine: BotEngine;
  readonly #bots = new Map<string, Bot>();
  readonly #createdListeners = new Set<(botId: string) => void>();
  readonly #removedListeners = new Set<(botId: string) => void>();

  constructor(options: BotRegistryOptions) {
    this.#options = options;
    this.#engine = options.engine;
    for (const stored of options.store.list()) {
      const bot = new Bot(stored, options.store, options.clock);
      this.#bots.set(bot.id, bot);
      this.#engine.publishState(bot);
    }
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

  get(botId: string): Result<BotView> {
    return this.#with(botId, (bot) => succeed(this.#view(bot)));
  }

  onCreated(listener: (botId: string) => void): () => void {
    this.#createdListeners.add(listener);
    return () => this.#createdListeners.delete(listener);
  }

  onRemoved(listener: (botId: string) => void): () => void {
    this.#removedListeners.add(listener);
    return () => this.#removedListeners.delete(listener);
  }

  /** Lets bots begin that were waiting for a feed to carry their instrument. */
  onInstrumentsChanged(): void {
    for (const bot of this.#bots.values()) {
      if (bot.runtime.state === 'running') this.#engine.start(bot);
    }
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
    const params = this.#parseParams(draft.strategy, given);
    if (!params.ok) return params;
    const { createId, clock, store } = this.#options;
    const config: BotConfig = {
      ...feesOf(instrument),
      ...rest,
      id: createId(),
      params: params.value,
      createdTime: clock.now(),
      archivedTime: null,
    };
    const stored = { config, runtime: freshRuntime(config) };
    store.insert(stored);
    const bot = new Bot(stored, store, clock);
    this.#bots.set(bot.id, bot);
    this.#engine.publishState(bot);
    for (const listener of this.#createdListeners) listener(bot.id);
    return start ? this.start(bot.id) : succeed(this.#view(bot));
  }

  update({ botId, changes }: RequestParams<'bots.update'>): Result<BotView> {
    return this.#with(botId, (bot) => {
      const touchesRun = changes.params !== undefined || changes.initialCash !== undefined;
      if (touchesRun && bot.runtime.state === 'running') {
        return fail('invalid_state', 'Stop the bot before changing its parameters or cash');
      }
      const params = this.#parseParams(bot.config.strategy, changes.params ?? bot.config.params);
      if (!params.ok) return params;
      this.#applyConfig(bot, withChanges(bot.config, changes, params.value));
      return succeed(this.#view(bot));
    });
  }

  start(botId: string): Result<BotView> {
    return this.#with(botId, (bot) => {
      if (bot.runtime.state !== 'running') {
        const runtime: BotRuntime = { ...bot.runtime, state: 'running', error: null };
        this.#engine.commit(bot, onlyRuntime(runtime));
        this.#engine.start(bot);
        this.#engine.publishState(bot);
      }
      return succeed(this.#view(bot));
    });
  }

  stop(botId: string): Result<BotView> {
    return this.#with(botId, (bot) => {
      this.#engine.stop(bot);
      return succeed(this.#view(bot));
    });
  }

  remove(botId: string): Result<{ botId: string }> {
    return this.#with(botId, (bot) => {
      if (bot.runtime.state === 'running') {
        return fail('invalid_state', 'Stop the bot before deleting it');
      }
      this.#options.store.remove(botId);
      this.#bots.delete(botId);
      for (const listener of this.#removedListeners) listener(botId);
      return succeed({ botId });
    });
  }

  cancelOrder(order: Order): Result<Order> {
    const canceled = this.#bots.get(order.botId)?.runner?.cancelByUser(order.id);
    if (canceled) return succeed(canceled);
    return isOpen(order)
      ? fail('invalid_state', 'No feed carries this order’s instrument: stop its bot to cancel it')
      : fail('invalid_state', `The order is already ${order.status}`);
  }

  /** A change of the initial cash is a deposit or a withdrawal: equity follows it, PnL does not. */
  #applyConfig(bot: Bot, config: BotConfig): void {
    const deposit = decimal(config.initialCash).minus(bot.config.initialCash);
    this.#options.store.updateConfig(config);
    bot.config = config;
    bot.runner?.applyConfig(config);
    if (!deposit.eq(ZERO)) {
      const cash = toDecimalString(decimal(bot.runtime.cash).plus(deposit));
      this.#engine.commit(bot, onlyRuntime({ ...bot.runtime, cash }));
    }
    this.#engine.publishState(bot);
  }

  #with<T>(botId: string, work: (bot: Bot) => Result<T>): Result<T> {
    const bot = this.#bots.get(botId);
    return bot ? work(bot) : fail('unknown_bot', `There is no bot ${botId}`);
  }

  #parseParams(strategyId: string, given: unknown): Result<Record<string, unknown>> {
    const strategy = this.#options.strategies.find(({ id }) => id === strategyId);
    if (!strategy) return fail('invalid_payload', `strategy: there is no ${strategyId}`);
    const parsed = strategy.parameters.safeParse(given);
    if (parsed.success) return succeed(parsed.data);
    const issue = parsed.error.issues[0];
    const field = ['params', ...(issue?.path ?? [])].join('.');
    return fail('invalid_payload', `${field}: ${issue?.message ?? 'invalid'}`);
  }

  #view(bot: Bot): BotView {
    return bot.view(this.#options.markPrice(bot.config.instrumentId));
  }
}

const withChanges = (
  config: BotConfig,
  changes: RequestParams<'bots.update'>['changes'],
  params: BotConfig['params'],
): BotConfig => ({
  ...config,
  name: changes.name ?? config.name,
  initialCash: changes.initialCash ?? config.initialCash,
  makerFeeBps: changes.makerFeeBps ?? config.makerFeeBps,
  takerFeeBps: changes.takerFeeBps ?? config.takerFeeBps,
  latencyMs: changes.latencyMs ?? config.latencyMs,
  slippageBps: changes.slippageBps ?? config.slippageBps,
  leverage: changes.leverage ?? config.leverage,
  limits: changes.limits ?? config.limits,
  schedule: changes.schedule === undefined ? config.schedule : changes.schedule,
  params,
});

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
