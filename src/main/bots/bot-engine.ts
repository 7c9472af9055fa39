import type { Publishable } from '#contract/publications.ts';
import type { BotConfig } from '#domain/bot.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { instrumentOf, type MarketEvent } from '#domain/market-event.ts';
import type { Order } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import type { Bot } from './bot.ts';
import { BotRunner } from './bot-runner.ts';
import { type BotChanges, type BotRuntime, type BotStore, onlyRuntime } from './bot-store.ts';
import type { CandleHistory } from './candle-history.ts';
import type { StrategyDefinition, StrategyMarket } from './strategy.ts';
import type { TradingAccount } from './trading-account.ts';

/** Equity and unrealised PnL of running bots are published at most this often. */
const MARK_PERIOD_MS = 250;

interface AccountState {
  readonly cash: BotRuntime['cash'];
  readonly position: Position;
  readonly openOrders: readonly Order[];
  readonly orderSequence: number;
  readonly fillSequence: number;
  /** What the account's `state()` gave, undefined where it has none yet. */
  readonly saved: unknown;
}

export interface BotEngineOptions {
  readonly userId: string;
  readonly store: BotStore;
  readonly strategies: readonly StrategyDefinition[];
  readonly clock: TimerClock;
  readonly createAccount: (
    config: BotConfig,
    instrument: Instrument,
    state: AccountState,
  ) => TradingAccount;
  readonly findInstrument: (id: InstrumentId) => Instrument | undefined;
  readonly market: (id: InstrumentId) => StrategyMarket;
  readonly history: (id: InstrumentId) => CandleHistory;
  /** The last price, null while none is known. */
  readonly markPrice: (id: InstrumentId) => number | null;
  readonly publish: (item: Publishable) => void;
  readonly onFault: (botId: string, fault: unknown) => void;
}

/** Runs the bots that run: brings them the market's events, and their steps to disk and to the channels. */
export class BotEngine {
  readonly #options: BotEngineOptions;
  readonly #running = new Map<InstrumentId, Set<Bot>>();
  readonly #unmarked = new Set<Bot>();
  /** Those that wait for an answer of their strategy. */
  readonly #unsettled = new Set<BotRunner>();
  readonly #stopMarking: () => void;

  constructor(options: BotEngineOptions) {
    this.#options = options;
    this.#stopMarking = options.clock.setInterval(() => this.#publishMarks(), MARK_PERIOD_MS);
  }

  /**
   * Gives a bot that should run its runner, restored from the ledger. Without a feed that carries its
   * instrument it stays silent until there is one.
   */
  start(bot: Bot): void {
    const { config, runtime } = bot;
    const instrument = this.#options.findInstrument(config.instrumentId);
    if (bot.runner || !instrument) return;
    try {
      bot.runner = this.#createRunner(bot, instrument);
      this.#runningOn(config.instrumentId).add(bot);
    } catch (fault) {
      this.#options.onFault(bot.id, fault);
      const error = `Could not start: ${faultMessage(fault)}`;
      this.commit(bot, onlyRuntime({ ...runtime, state: 'error', error }));
    }
    this.publishState(bot);
  }

  /** Cancels its orders and keeps its position, whether or not its instrument is carried just now. */
  stop(bot: Bot): void {
    const reason = 'stopped by the user';
    if (bot.runner) this.#end(bot, (runner) => runner.stop(reason));
    else this.#stopSilent(bot, reason);
    this.publishState(bot);
  }

  onEvent(event: MarketEvent): void {
    const bots = this.#running.get(instrumentOf(event));
    if (!bots) return;
    for (const bot of bots) {
      this.#unmarked.add(bot);
      this.#guard(bot, (runner) => runner.onEvent(event));
    }
  }

  /** A closed candle of an instrument of which nothing finer is known: see `BotRunner.onCandle`. */
  onCandle(id: InstrumentId, ...candle: Parameters<BotRunner['onCandle']>): void {
    for (const bot of this.#running.get(id) ?? []) {
      this.#unmarked.add(bot);
      this.#guard(bot, (runner) => runner.onCandle(...candle));
    }
  }

  /** Resolves when every bot has dealt with what has happened; null where all have. */
  settled(): Promise<unknown> | null {
    if (this.#unsettled.size === 0) return null;
    const waits = [...this.#unsettled].map((runner) => runner.settled);
    this.#unsettled.clear();
    return Promise.all(waits);
  }

  /** On disk first, then told: nobody hears of what could still be lost. */
  commit(bot: Bot, changes: BotChanges): void {
    this.#options.store.commit(changes);
    bot.apply(changes);
    const { publish, userId } = this.#options;
    for (const order of changes.orders) publish({ of: 'order', order });
    for (const fill of changes.fills) publish({ of: 'fill', fill });
    for (const entry of changes.logs) publish({ of: 'botLog', entry });
    for (const notification of changes.notifications) {
      publish({ of: 'notification', userId, notification });
    }
    if (changes.orders.length > 0 || changes.position) this.publishState(bot);
  }

  publishState(bot: Bot): void {
    const price = this.#options.markPrice(bot.config.instrumentId);
    this.#options.publish({ of: 'position', position: bot.markedPosition(price) });
    this.#options.publish({ of: 'botStatus', status: bot.status(price) });
  }

  /** Writes down where every running bot stands, so that it goes on from there. */
  dispose(): void {
    this.#stopMarking();
    for (const bots of this.#running.values()) {
      for (const bot of bots) this.#guard(bot, (runner) => runner.checkpoint());
    }
  }

  #createRunner(bot: Bot, instrument: Instrument): BotRunner {
    const { config, runtime } = bot;
    const { strategies, store, createAccount, clock } = this.#options;
    const definition = strategies.find(({ id }) => id === config.strategy);
    if (!definition) throw new Error(`there is no strategy ${config.strategy}`);
    return new BotRunner({
      config,
      instrument,
      definition,
      savedState: runtime.strategyState,
      market: this.#options.market(instrument.id),
      history: this.#options.history(instrument.id),
      account: createAccount(config, instrument, {
        cash: runtime.cash,
        position: bot.position,
        openOrders: store.openOrders(bot.id),
        orderSequence: runtime.orderSequence,
        fillSequence: runtime.fillCount,
        saved: runtime.accountState,
      }),
      lastFillTime: runtime.lastFillTime,
      performance: runtime.performance,
      clock,
      commit: (changes) => this.commit(bot, changes),
      later: (work) => this.#guard(bot, work),
    });
  }

  #stopSilent(bot: Bot, reason: string): void {
    if (bot.runtime.state !== 'running') return;
    const updatedTime = this.#options.clock.now();
    const orders = this.#options.store
      .openOrders(bot.id)
      .map((order): Order => ({ ...order, status: 'canceled', reason, updatedTime }));
    const runtime: BotRuntime = { ...bot.runtime, state: 'stopped', strategyState: undefined };
    this.commit(bot, { ...onlyRuntime(runtime), orders });
  }

  /** Runs a step of a bot; a fault in it stops this bot and nothing else. */
  #guard(bot: Bot, step: (runner: BotRunner) => void): void {
    const { runner } = bot;
    if (!runner) return;
    try {
      step(runner);
      if (runner.settled) this.#unsettled.add(runner);
    } catch (fault) {
      this.#options.onFault(bot.id, fault);
      this.#end(bot, () => runner.fail(faultMessage(fault)));
      this.publishState(bot);
    }
  }

  #end(bot: Bot, end: (runner: BotRunner) => void): void {
    const { runner } = bot;
    if (!runner) return;
    bot.runner = null;
    this.#running.get(bot.config.instrumentId)?.delete(bot);
    try {
      end(runner);
    } catch (fault) {
      // Not even its end could be written: it stands as the ledger last knew it, and says so.
      this.#options.onFault(bot.id, fault);
      const error = `The ledger could not be written: ${faultMessage(fault)}`;
      bot.runtime = { ...bot.runtime, state: 'error', error };
    }
  }

  #runningOn(id: InstrumentId): Set<Bot> {
    const bots = this.#running.get(id) ?? new Set();
    this.#running.set(id, bots);
    return bots;
  }

  #publishMarks(): void {
    for (const bot of this.#unmarked) this.publishState(bot);
    this.#unmarked.clear();
  }
}

const faultMessage = (fault: unknown): string =>
  fault instanceof Error ? fault.message : String(fault);
