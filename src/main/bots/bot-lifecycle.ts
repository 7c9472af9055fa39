import { fail, type Result, succeed } from '#contract/errors.ts';
import type { FeedStatus } from '#contract/model.ts';
import type { Pauser } from '#domain/bot.ts';
import type { TimerClock } from '#domain/clock.ts';
import { decimal, toDecimalString } from '#domain/decimal.ts';
import { instrumentOf, type MarketEvent } from '#domain/market-event.ts';
import type { Bot } from './bot.ts';
import type { BotEngine, BotWatcher } from './bot-engine.ts';
import type { BotRunner } from './bot-runner.ts';
import { onlyRuntime, type Standing } from './bot-store.ts';
import { closingStrategy, idleStrategy } from './closing-strategy.ts';
import { FeedVerdicts } from './feed-verdicts.ts';
import { limitNotification } from './limit-notification.ts';
import { missingStrategy, type WhyMissing } from './missing-strategy.ts';
import type { OrderGate } from './risk/guarded-account.ts';
import type { KillState, RiskDesk } from './risk/risk-desk.ts';
import type { StrategyDefinition } from './strategy.ts';

/** How often schedules, feeds and the limits of all bots together are looked at without an event. */
const LOOK_PERIOD_MS = 1_000;

export type PositionAtStop = 'keep' | 'flatten';
export type OrdersAtPause = 'keep' | 'cancel';

export interface BotLifecycleOptions {
  readonly engine: BotEngine;
  readonly risk: RiskDesk;
  readonly clock: TimerClock;
  /** Between events, too. Not where they alone move the time on: a replay must not depend on the machine's. */
  readonly looksBetweenEvents: boolean;
  readonly bots: () => Iterable<Bot>;
  readonly findStrategy: (id: string) => StrategyDefinition | undefined;
  readonly whyMissing: WhyMissing;
}

const RUNNING: Standing = {
  ...{ state: 'running', pausedBy: null, error: null, reason: null, isClosing: false },
};

/** What our own orders to close a position have to pass: nothing. */
const OPEN_GATE: OrderGate = () => undefined;

/**
 * The states of a bot, and what leads from one to another: the user, its schedule, its feed, its
 * limits, the kill switch.
 */
export class BotLifecycle implements BotWatcher {
  readonly #options: BotLifecycleOptions;
  readonly #feeds = new FeedVerdicts();
  /** Why a position cannot be closed, of bots that try to. */
  readonly #givenUp = new WeakMap<Bot, string>();
  readonly #stopLooking: () => void;
  readonly #globalLossListeners = new Set<(currency: string, loss: string) => void>();

  constructor(options: BotLifecycleOptions) {
    this.#options = options;
    options.engine.watchBy(this);
    this.#stopLooking = options.looksBetweenEvents
      ? options.clock.setInterval(() => this.#lookAtAll(), LOOK_PERIOD_MS)
      : () => undefined;
  }

  dispose(): void {
    this.#stopLooking();
  }

  /** At the user's wish. */
  start(bot: Bot): Result<void> {
    const refusal = this.#refusalToStart(bot);
    if (refusal !== undefined) return fail('invalid_state', refusal);
    const { state, pausedBy } = bot.standing;
    if (state === 'running' || pausedBy === 'feed') return succeed(undefined);
    if (state !== 'paused') this.#leaveIdle(bot);
    this.#turn(bot, RUNNING, 'Started by the user', state === 'paused');
    this.wake(bot);
    return succeed(undefined);
  }

  /** Gives a bot that should run its runner, where there is a feed for it and its hours have come. */
  wake(bot: Bot): void {
    const { kill } = this.#options.risk;
    if (kill && !bot.standing.isClosing && this.#mayStillTrade(bot)) this.#killBot(bot, kill);
    const { state, pausedBy, isClosing } = bot.standing;
    if (isClosing) this.#attachClosing(bot);
    else if (state === 'running') this.#attach(bot);
    else if (state === 'paused' && pausedBy !== 'user') this.#look(bot);
    else if (bot.openOrderCount > 0 && state !== 'paused') this.#attachIdle(bot);
  }

  /** A bot whose instrument nobody carries any more keeps its state, and waits. */
  putAside(bot: Bot): void {
    this.#options.engine.detach(bot, (runner) =>
      runner.suspend(`No feed carries ${bot.config.instrumentId} any more`, 'keep'),
    );
  }

  pause(bot: Bot, orders: OrdersAtPause): Result<void> {
    const { state, pausedBy, isClosing } = bot.standing;
    if (isClosing) return fail('invalid_state', 'It is closing its position: stop it instead');
    if (state !== 'running' && state !== 'paused') {
      return fail('invalid_state', `Only a bot that runs can be paused; this one is ${state}`);
    }
    if (pausedBy === 'user' && orders === 'keep') return succeed(undefined);
    const what = orders === 'keep' ? 'its orders wait off the market' : 'its orders are canceled';
    this.#suspend(bot, 'user', `Paused by the user; ${what}`, orders);
    return succeed(undefined);
  }

  /** `why` as it follows "Stopped ": `by the user`. */
  stop(bot: Bot, position: PositionAtStop, why: string): void {
    const { isClosing } = bot.standing;
    const hasNothing = position === 'keep' || bot.isFlat;
    // Orders by hand may wait for an instrument that nothing carries now.
    if (isOver(bot.standing) && !bot.run && hasNothing && bot.openOrderCount === 0) return;
    if (position === 'flatten' && !bot.isFlat) {
      if (!isClosing) this.#beginClosing(bot, why);
      return;
    }
    this.#end(bot, `Stopped ${why}`);
  }

  /**
   * One request that ends all trading (rule X3). It is on disk before the first bot is stopped; where it cannot be,
   * all are stopped, and then it throws.
   */
  kill(state: KillState): void {
    try {
      this.#options.risk.setKill(state);
    } finally {
      for (const bot of this.#options.bots()) this.#killBot(bot, state);
      this.#options.engine.flush();
    }
  }

  /** Told each time that all bots of a currency are found at the loss that they may make in a day together. */
  onGlobalLoss(listener: (currency: string, loss: string) => void): void {
    this.#globalLossListeners.add(listener);
  }

  release(): void {
    this.#options.risk.setKill(null);
  }

  /**
   * Sends what a user orders by hand to the account of a bot, whether it runs or not. What can wait for a market
   * that is closed is told why it has to; else `closed` is null.
   */
  onAccount<T>(
    bot: Bot,
    work: (runner: BotRunner, closed: string | null) => T,
    canWait = false,
  ): Result<T> {
    const { instrumentId } = bot.config;
    const { state, pausedBy, reason, isClosing } = bot.standing;
    if (isClosing) return fail('invalid_state', 'It is closing its position');
    const waits = canWait && this.#feeds.isClosed(instrumentId);
    if (state === 'paused' && !(waits && pausedBy === 'feed')) {
      return fail('invalid_state', `It is paused: start or stop it first (${reason})`);
    }
    const trouble = this.#feeds.of(instrumentId);
    if (trouble !== null && !waits) return fail('unavailable', trouble);
    if (!bot.run && isOver(bot.standing)) this.#attachIdle(bot);
    if (!bot.run) return fail('invalid_state', `No feed carries ${instrumentId}`);
    const done = work(bot.run.runner, trouble);
    this.afterStep(bot);
    return succeed(done);
  }

  onFeeds(feeds: readonly FeedStatus[]): void {
    const changed = new Set(this.#feeds.take(feeds));
    if (changed.size === 0) return;
    for (const bot of this.#options.bots()) {
      if (changed.has(bot.config.instrumentId)) this.#look(bot);
    }
  }

  beforeEvent(bot: Bot, event: MarketEvent | null): void {
    const { pausedBy, isClosing } = bot.standing;
    if ((pausedBy === 'feed' || isClosing) && event && isNews(event)) {
      this.#feeds.clear(instrumentOf(event));
    }
    this.#look(bot);
  }

  afterStep(bot: Bot): void {
    const loss = bot.config.limits.maxDailyLoss === null ? undefined : this.#lossOf(bot);
    if (loss !== undefined) this.#stopByLimit(bot, positionAt(bot), `by its ${loss}`);
    const { standing, run } = bot;
    if (standing.isClosing) this.#checkClosed(bot);
    else if (run && isOver(standing) && run.account.openOrders.length === 0) {
      this.#options.engine.detach(bot, (runner) => runner.abandon());
    }
  }

  /** A change of config may let it trade, or keep it from that. */
  reconsider(bot: Bot): void {
    this.#look(bot);
  }

  /** With an order, too, that none could send while the switch is engaged: it was not ended in time. */
  #mayStillTrade(bot: Bot): boolean {
    if (!isOver(bot.standing)) return true;
    if (bot.openOrderCount === 0) return false;
    return this.#options.engine.unattended.of(bot).some(({ reduceOnly }) => !reduceOnly);
  }

  #killBot(bot: Bot, { reason, flatten }: KillState): void {
    this.stop(bot, flatten ? 'flatten' : 'keep', `by the kill switch: ${reason}`);
  }

  #refusalToStart(bot: Bot): string | undefined {
    const { risk } = this.#options;
    if (risk.kill) return `The kill switch is engaged (${risk.kill.reason}): release it first`;
    if (bot.config.archivedTime !== null) return 'It is archived: bring it back first';
    if (bot.standing.isClosing) return 'It is closing its position';
    if (bot.standing.pausedBy === 'schedule') {
      return `${bot.standing.reason}: change its schedule to run it now`;
    }
    const loss = risk.dailyLossOf(bot) ?? risk.globalDailyLossOf(bot.currency);
    return loss && `It would be stopped by its ${loss}`;
  }

  #lossOf(bot: Bot): string | undefined {
    return isOver(bot.standing) || bot.standing.isClosing
      ? undefined
      : this.#options.risk.dailyLossOf(bot);
  }

  /** Nobody asked for it, so that somebody has to be told. */
  #stopByLimit(bot: Bot, position: PositionAtStop, why: string): void {
    const { engine, clock } = this.#options;
    this.stop(bot, position, why);
    const notification = limitNotification(bot.config, bot.standing.reason ?? why, clock.now());
    engine.commit(bot, { ...onlyRuntime(bot.currentRuntime()), notifications: [notification] });
  }

  /** Schedule and feed pause a bot that runs, and let go on what they paused. */
  #look(bot: Bot): void {
    const time = this.#options.clock.now();
    const { state, pausedBy, isClosing } = bot.standing;
    if (isClosing || (state !== 'running' && pausedBy !== 'schedule' && pausedBy !== 'feed')) {
      return;
    }
    if (!bot.hours.isOpen(time)) {
      if (pausedBy !== 'schedule') {
        const sentence = `${bot.hours.closedUntil(time)}; its orders wait off the market`;
        this.#suspend(bot, 'schedule', sentence, 'keep');
      }
      return;
    }
    const trouble = this.#feeds.of(bot.config.instrumentId);
    if (trouble !== null) this.#holdForFeed(bot, trouble);
    else if (state === 'paused') this.#goOn(bot);
  }

  /** Its runner stays: nothing happens to it while nothing is heard. */
  #holdForFeed(bot: Bot, trouble: string): void {
    const { pausedBy, reason } = bot.standing;
    if (pausedBy === 'feed' && reason === trouble) return;
    this.#turn(bot, { ...RUNNING, state: 'paused', pausedBy: 'feed', reason: trouble }, trouble);
  }

  #goOn(bot: Bot): void {
    const { pausedBy } = bot.standing;
    const why =
      pausedBy === 'feed' ? `${bot.config.instrumentId} is heard of again` : 'Its hours have come';
    this.#turn(bot, RUNNING, why, true);
    this.wake(bot);
  }

  /** On disk, and told, with a line in the log; with a fresh strategy unless it goes on. */
  #turn(bot: Bot, standing: Standing, sentence: string, goesOn = true): void {
    const { engine, clock } = this.#options;
    bot.standing = standing;
    if (bot.run) {
      engine.step(bot, (runner) => runner.restate('info', sentence));
      return;
    }
    const before = bot.currentRuntime();
    const runtime = goesOn ? before : { ...before, strategyState: undefined };
    const entry = { botId: bot.id, level: 'info', message: sentence, time: clock.now() } as const;
    engine.commit(bot, { ...onlyRuntime(runtime), logs: [entry] });
    engine.flush();
  }

  #suspend(bot: Bot, pausedBy: Pauser, reason: string, orders: OrdersAtPause): void {
    const { engine } = this.#options;
    bot.standing = { ...RUNNING, state: 'paused', pausedBy, reason };
    if (bot.run) engine.detach(bot, (runner) => runner.suspend(reason, orders));
    else if (orders === 'cancel') engine.unattended.cancelAll(bot, reason, 'goesOn');
    else this.#turn(bot, bot.standing, reason);
  }

  #end(bot: Bot, reason: string): void {
    const { engine } = this.#options;
    const { state, error } = bot.standing;
    const isFailed = state === 'error';
    bot.standing = {
      ...{ ...RUNNING, state: isFailed ? 'error' : 'stopped', error: isFailed ? error : null },
      reason,
    };
    if (bot.run) engine.detach(bot, (runner) => runner.stop(reason));
    else engine.unattended.cancelAll(bot, reason, 'ends');
  }

  #beginClosing(bot: Bot, why: string): void {
    const { engine } = this.#options;
    const reason = `Closes its position: stopped ${why}`;
    bot.standing = { ...RUNNING, isClosing: true, reason };
    if (bot.run) engine.detach(bot, (runner) => runner.stop(reason));
    else engine.unattended.cancelAll(bot, reason, 'ends');
    this.#attachClosing(bot);
  }

  #attachClosing(bot: Bot): void {
    const { engine } = this.#options;
    const trouble = () => this.#feeds.of(bot.config.instrumentId);
    const definition = closingStrategy({
      isHeardOf: () => trouble() === null,
      onGivingUp: (why) => this.#givenUp.set(bot, why),
    });
    if (!engine.attach(bot, definition, OPEN_GATE)) return;
    const why = trouble();
    engine.step(bot, (runner) => {
      if (why === null) runner.begin();
      else runner.restate('warn', `Its position is closed once the market is heard of: ${why}`);
    });
  }

  #checkClosed(bot: Bot): void {
    const why = (bot.standing.reason ?? '').replace(/^Closes its position: stopped /, 'Stopped ');
    const refusal = this.#givenUp.get(bot);
    if (bot.isFlat && bot.openOrderCount === 0) this.#end(bot, `${why}; its position is closed`);
    else if (refusal !== undefined) {
      this.#givenUp.delete(bot);
      const { quantity } = bot.run?.account.position ?? bot.position;
      const held = toDecimalString(decimal(quantity));
      this.#end(bot, `${why}; its position of ${held} could not be closed: ${refusal}`);
    }
  }

  #attach(bot: Bot): void {
    const { engine, risk, findStrategy, whyMissing } = this.#options;
    if (!bot.hours.isOpen(this.#options.clock.now())) {
      this.#look(bot);
      return;
    }
    const { strategy } = bot.config;
    const definition = findStrategy(strategy) ?? missingStrategy(strategy, whyMissing(strategy));
    if (engine.attach(bot, definition, risk.gateOf(bot))) engine.publishState(bot);
  }

  #attachIdle(bot: Bot): void {
    const { engine, risk } = this.#options;
    engine.attach(bot, idleStrategy, risk.gateOf(bot));
  }

  /** What the user has ordered by hand stays open, and becomes the run's. */
  #leaveIdle(bot: Bot): void {
    this.#options.engine.detach(bot, (runner) => runner.abandon());
  }

  #lookAtAll(): void {
    const { risk, bots } = this.#options;
    for (const bot of bots()) this.#look(bot);
    for (const currency of risk.currencies()) {
      const loss = risk.globalDailyLossOf(currency);
      const position = risk.limitsOf(currency)?.atDailyLoss === 'flatten' ? 'flatten' : 'keep';
      if (loss === undefined) continue;
      for (const bot of bots()) {
        const { standing } = bot;
        if (bot.currency !== currency || isOver(standing) || standing.isClosing) continue;
        this.#stopByLimit(bot, position, `by the ${loss}`);
      }
      for (const listener of this.#globalLossListeners) listener(currency, loss);
    }
  }
}

const isOver = ({ state }: Standing): boolean => state === 'stopped' || state === 'error';

const positionAt = ({ config }: Bot): PositionAtStop =>
  config.limits.atDailyLoss === 'flatten' ? 'flatten' : 'keep';

/** An event that only a market that is heard of can send. */
const isNews = ({ kind }: MarketEvent): boolean =>
  kind !== 'gap' && kind !== 'bookLost' && kind !== 'backfill';
