import type { Publishable } from '#contract/publications.ts';
import type { BotConfig } from '#domain/bot.ts';
import type { Candle } from '#domain/candle.ts';
import type { TimerClock } from '#domain/clock.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { instrumentOf, type MarketEvent } from '#domain/market-event.ts';
import type { Order } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import { soundTime } from '#domain/sound-time.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Bot, BotRun } from './bot.ts';
import { BotRunner, type RunnerMoment, type ShowTrade } from './bot-runner.ts';
import { BotStandings } from './bot-standings.ts';
import { type BotChanges, type BotRuntime, type BotStore, onlyRuntime } from './bot-store.ts';
import { BotsOnMarket } from './bots-on-market.ts';
import type { CandleHistory } from './candle-history.ts';
import { type CurvePiece, EquityCurve, equityPointOf } from './equity-curve.ts';
import { EquityPointsInLine } from './equity-points-in-line.ts';
import type { Spacing } from './equity-spacing.ts';
import { faultMessage } from './fault-message.ts';
import { GuardedAccount, type OrderGate } from './risk/guarded-account.ts';
import { StepCommits } from './step-commits.ts';
import type { StrategyDefinition, StrategyMarket } from './strategy.ts';
import type { TradingAccount } from './trading-account.ts';
import { UnattendedOrders } from './unattended-orders.ts';

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
  readonly clock: TimerClock;
  /** Milliseconds of a clock that only goes forward. */
  readonly ticks: () => number;
  /** Whether steps of bots may wait for a moment to share a flush to disk; else each is written at once. */
  readonly sharesFlushes: boolean;
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
  /** Null where nobody looks on. */
  readonly publish: ((item: Publishable) => void) | null;
  readonly onFault: (botId: string, fault: unknown) => void;
  /** In words, with what to do, of a fault that is the store's; null of any other. */
  readonly whyUnwritten?: ((fault: unknown) => string | null) | undefined;
  /** A bot was stopped since nothing of it can be written any more: `reason` is a sentence. */
  readonly onGivenUp?: ((bot: Bot, reason: string) => void) | undefined;
}

interface CandleTerms {
  readonly intervalMs: number;
  /** See `BotRunner.onCandle`. */
  readonly showTrade: ShowTrade;
}

/** Who looks after what happens to a bot beside its strategy. */
export interface BotWatcher {
  /** Before a bot sees an event of its market; null where it is a whole candle. */
  beforeEvent(bot: Bot, event: MarketEvent | null): void;
  /** After it, and its price is known to the bot's equity; and after what the user did. */
  afterStep(bot: Bot): void;
}

/** Runs the bots that run: brings them the market's events, and their steps to disk and to the channels. */
export class BotEngine {
  readonly #options: BotEngineOptions;
  readonly #commits: StepCommits;
  readonly #curve: EquityCurve | null;
  readonly #pointsInLine: EquityPointsInLine;
  /** Those that something may happen to. */
  readonly onMarket = new BotsOnMarket();
  readonly unattended: UnattendedOrders;
  /** Null where nobody looks on. */
  readonly #standings: BotStandings | null;
  /** Those that wait for an answer of their strategy. */
  readonly #unsettled = new Set<BotRunner>();
  #watcher: BotWatcher = { beforeEvent: () => undefined, afterStep: () => undefined };

  constructor(options: BotEngineOptions) {
    this.#options = options;
    this.#curve = options.store.equity && new EquityCurve(options.store.equity);
    this.#pointsInLine = new EquityPointsInLine({
      clock: options.clock,
      write: (bot, piece) => this.#writePiece(bot, piece),
    });
    this.#commits = new StepCommits({
      ...options,
      publishState: (bot) => {
        // Only now is known what it holds that stopped before this was on disk.
        if (!bot.run) this.onMarket.place(bot);
        this.publishState(bot);
      },
      onFailure: (bot, fault) => this.#giveUp(bot, fault),
    });
    this.unattended = new UnattendedOrders({
      ...options,
      commit: (bot, changes) => this.commit(bot, changes),
      flush: () => this.flush(),
    });
    const { publish } = options;
    this.#standings = publish && new BotStandings({ ...options, publish });
  }

  watchBy(watcher: BotWatcher): void {
    this.#watcher = watcher;
  }

  /**
   * Gives a bot its runner, restored from the ledger: false where nothing carries its instrument, or
   * it could not be started and is in `error`.
   */
  attach(
    bot: Bot,
    definition: StrategyDefinition,
    gate: OrderGate,
    moment: RunnerMoment | null = null,
  ): boolean {
    const instrument = this.#options.findInstrument(bot.config.instrumentId);
    if (bot.run || !instrument) return false;
    // What waits to be written is what the runner begins with.
    this.flush();
    try {
      bot.run = this.#createRun(bot, instrument, definition, { gate, moment });
    } catch (fault) {
      this.#options.onFault(bot.id, fault);
      const error = `Could not start: ${this.#words(fault)}`;
      bot.standing = { ...bot.standing, state: 'error', pausedBy: null, error };
      this.commit(bot, onlyRuntime(bot.currentRuntime()));
      return false;
    }
    this.onMarket.place(bot);
    return true;
  }

  /** Takes a bot's runner away, after a last step; undefined leaves no trace of it. */
  detach(bot: Bot, lastStep: (runner: BotRunner) => void): void {
    const { run } = bot;
    if (!run) return;
    try {
      lastStep(run.runner);
    } catch (fault) {
      bot.run = null;
      this.#giveUp(bot, fault);
      return;
    }
    bot.run = null;
    this.onMarket.place(bot);
    if (bot.isFlat) this.#drawLast(bot);
  }

  /** A step of a bot that is not the market's doing. A fault in it stops this bot and nothing else. */
  step(bot: Bot, work: (runner: BotRunner) => void): void {
    this.#guard(bot, work);
    this.#watcher.afterStep(bot);
  }

  onEvent(event: MarketEvent): void {
    const bots = this.onMarket.of(instrumentOf(event));
    if (!bots) return;
    for (const bot of bots) {
      this.#standings?.touch(bot);
      this.#watcher.beforeEvent(bot, event);
      if (bot.run) this.#bring(bot, bot.run.runner, event);
      if (event.kind === 'trade') this.#observeTrade(bot, event.trade);
      this.#watcher.afterStep(bot);
    }
    this.#commits.settle();
  }

  /** A closed candle of an instrument of which nothing finer is known: see `BotRunner.onCandle`. */
  onCandle(id: InstrumentId, candle: Candle, terms: CandleTerms): void {
    const bots = this.onMarket.of(id);
    if (!bots) return;
    const endTime = (candle.openTime + terms.intervalMs) as EpochMs;
    for (const bot of bots) {
      this.#standings?.touch(bot);
      this.#watcher.beforeEvent(bot, null);
      this.#bringCandle(bot, candle, endTime, terms.showTrade);
      this.#observe(bot, candle.close, endTime);
      this.#watcher.afterStep(bot);
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
    bot.expect(changes.runtime);
    try {
      this.#commits.add(bot, changes);
    } catch (fault) {
      bot.expect(bot.runtime);
      throw fault;
    }
    if (changes.position) bot.weigh(changes.fills.at(-1));
    // How one stands that does not run has changed, or what it holds.
    if (changes.position || !bot.run) this.onMarket.place(bot);
  }

  /** Brings to disk, and tells, what waits for it. */
  flush(): void {
    this.#pointsInLine.writeAll();
    this.#commits.flush();
  }

  publishState(bot: Bot): void {
    this.#standings?.publish(bot);
  }

  /** Of each bot's curve; undefined where it has none yet. */
  spacingOf(bot: Bot): Spacing | undefined {
    return this.#curve?.spacingOf(bot);
  }

  resumeCurve(bot: Bot, spacing: Spacing): void {
    this.#curve?.resume(bot, spacing);
  }

  forget(bot: Bot): void {
    this.onMarket.remove(bot);
    this.#pointsInLine.forget(bot);
    this.#standings?.forget(bot);
  }

  /** Writes down where every running bot stands, so that it goes on from there. */
  dispose(): void {
    this.#standings?.dispose();
    for (const bot of this.onMarket) {
      this.#guard(bot, (runner) => runner.checkpoint());
      this.#drawLast(bot);
    }
    this.flush();
  }

  #createRun(
    bot: Bot,
    instrument: Instrument,
    definition: StrategyDefinition,
    { gate, moment }: { readonly gate: OrderGate; readonly moment: RunnerMoment | null },
  ): BotRun {
    const { config, runtime } = bot;
    const { store, createAccount, clock } = this.#options;
    const account = createAccount(config, instrument, {
      cash: runtime.cash,
      position: bot.position,
      openOrders: store.openOrders(bot.id),
      orderSequence: runtime.orderSequence,
      fillSequence: runtime.fillCount,
      saved: runtime.accountState,
    });
    const guarded = new GuardedAccount(account, gate);
    const runner = new BotRunner({
      config,
      instrument,
      ...{ definition, moment },
      savedState: runtime.strategyState,
      market: this.#options.market(instrument.id),
      history: this.#options.history(instrument.id),
      account: guarded,
      lastFillTime: runtime.lastFillTime,
      standing: () => ({ ...bot.standing, performance: bot.equity.performance }),
      clock,
      ticks: this.#options.ticks,
      commit: (changes) => this.commit(bot, changes),
      later: (work) => this.step(bot, work),
    });
    return { runner, account: guarded };
  }

  /** One that is dated wrongly begins no day, and ends no curve. */
  #observeTrade(bot: Bot, { price, eventTime, receivedTime }: Trade): void {
    this.#observe(bot, price, soundTime(eventTime, receivedTime));
  }

  #observe(bot: Bot, price: number, time: EpochMs): void {
    bot.equity.see(price, time);
    const piece = this.#curve?.take(bot, time);
    if (!piece) return;
    if (this.#options.sharesFlushes) this.#pointsInLine.add(bot, piece);
    else this.#writePiece(bot, piece);
  }

  #drawLast(bot: Bot): void {
    if (this.#curve) this.#writePiece(bot, this.#curve.takeLast(bot, this.#options.clock.now()));
  }

  #writePiece(bot: Bot, { point, quarterEnds }: CurvePiece): void {
    const equityPoint = point && equityPointOf(bot.id, point);
    this.#guarded(bot, () =>
      this.commit(bot, { ...onlyRuntime(bot.currentRuntime()), equityPoint, quarterEnds }),
    );
  }

  /** As `#guard`, without a closure for each of the many thousands of events a second. */
  #bring(bot: Bot, runner: BotRunner, event: MarketEvent): void {
    try {
      runner.onEvent(event);
      if (runner.settled) this.#unsettled.add(runner);
    } catch (fault) {
      this.#fail(bot, fault);
    }
  }

  /** The same of a candle, of which a backtest has millions a second. */
  #bringCandle(bot: Bot, candle: Candle, endTime: EpochMs, showTrade: ShowTrade): void {
    const runner = bot.run?.runner;
    if (!runner) return;
    try {
      runner.onCandle(candle, endTime, showTrade);
      if (runner.settled) this.#unsettled.add(runner);
    } catch (fault) {
      this.#fail(bot, fault);
    }
  }

  #guard(bot: Bot, step: (runner: BotRunner) => void): void {
    const { run } = bot;
    if (!run) return;
    this.#guarded(bot, () => {
      step(run.runner);
      if (run.runner.settled) this.#unsettled.add(run.runner);
    });
  }

  #guarded(bot: Bot, step: () => void): void {
    try {
      step();
    } catch (fault) {
      this.#fail(bot, fault);
    }
  }

  /** A fault in a step of a bot stops this bot and nothing else. */
  #fail(bot: Bot, fault: unknown): void {
    this.#options.onFault(bot.id, fault);
    const error = this.#words(fault);
    bot.standing = FAILED(error);
    this.detach(bot, (runner) => runner.fail(error));
    this.flush();
  }

  #words(fault: unknown): string {
    return this.#options.whyUnwritten?.(fault) ?? faultMessage(fault);
  }

  /** Not even its end could be written: it goes back to what the ledger last knew, and says so. */
  #giveUp(bot: Bot, fault: unknown): void {
    this.#options.onFault(bot.id, fault);
    const reason =
      this.#options.whyUnwritten?.(fault) ??
      `The ledger could not be written: ${faultMessage(fault)}`;
    bot.run = null;
    bot.standing = FAILED(reason);
    bot.weigh();
    this.onMarket.place(bot);
    const runtime: BotRuntime = { ...bot.runtime, ...bot.standing, strategyState: undefined };
    try {
      const changes = { ...onlyRuntime(runtime), orders: this.unattended.canceled(bot, reason) };
      this.#options.store.commit([changes]);
      bot.apply(changes);
    } catch {
      // Nothing can be written at all; the first fault was told.
    }
    bot.fallBackTo(runtime);
    this.publishState(bot);
    this.#options.onGivenUp?.(bot, reason);
  }
}

const FAILED = (error: string) => ({
  ...({ state: 'error', pausedBy: null, error, reason: null, isClosing: false } as const),
});
