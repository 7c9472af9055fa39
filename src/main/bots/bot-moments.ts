import { invariant } from '#domain/assert.ts';
import type { Bot } from './bot.ts';
import type { BotEngine } from './bot-engine.ts';
import type { RunnerMoment } from './bot-runner.ts';
import { onlyRuntime } from './bot-store.ts';
import type { Spacing } from './equity-spacing.ts';
import type { EquityWatch } from './equity-watch.ts';
import type { OrderTimes, RiskDesk } from './risk/risk-desk.ts';
import type { StrategyDefinition } from './strategy.ts';

interface BotMoment {
  /** Null of one that does not run. */
  readonly runner: RunnerMoment | null;
  readonly orderTimes: OrderTimes;
  readonly equity: EquityWatch;
  readonly spacing: Spacing | undefined;
}

/** Where all bots stood at one moment, beside what the ledger tells of it. */
export interface SavedBots {
  readonly moments: ReadonlyMap<string, BotMoment>;
  /** As in `BotEngine.order`. */
  readonly order: readonly string[];
}

export interface BotMomentsOptions {
  readonly engine: BotEngine;
  readonly risk: RiskDesk;
  /** In the order in which they were made. */
  readonly bots: () => Iterable<Bot>;
  readonly findStrategy: (id: string) => StrategyDefinition | undefined;
}

/**
 * Keeps where all bots stand between two events, so that others of them can go on from there to the
 * last digit as these do. A restart (rule X2) needs less: after it the market has moved on unseen.
 */
export class BotMoments {
  readonly #options: BotMomentsOptions;

  constructor(options: BotMomentsOptions) {
    this.#options = options;
  }

  /** The ledger then holds the rest. Null where it cannot be told of all of them. */
  save(): SavedBots | null {
    const { engine, bots } = this.#options;
    const moments = new Map<string, BotMoment>();
    for (const bot of bots()) {
      const moment = this.#momentOf(bot);
      if (!moment) return null;
      moments.set(bot.id, moment);
    }
    for (const bot of bots()) {
      if (bot.run) engine.commit(bot, onlyRuntime(bot.currentRuntime()));
    }
    engine.flush();
    return { moments, order: engine.onMarket.order() };
  }

  /** Bots as a ledger of that moment has them go on. */
  resume({ moments, order }: SavedBots): void {
    const { engine, bots } = this.#options;
    for (const bot of bots()) {
      const moment = moments.get(bot.id);
      invariant(moment, 'every bot of a ledger was seen when it was kept');
      this.#resume(bot, moment);
    }
    engine.onMarket.resumeOrder(order);
  }

  #momentOf(bot: Bot): BotMoment | null {
    const { engine, risk } = this.#options;
    const { state, isClosing } = bot.standing;
    // Led by us, or by the user's hand: that is over soon, or never comes again.
    if (isClosing || (bot.run && state !== 'running')) return null;
    const runner = bot.run?.runner.moment ?? null;
    if (bot.run && !runner) return null;
    return {
      ...{ runner, orderTimes: risk.orderTimesOf(bot) },
      equity: bot.equity.copy(),
      spacing: engine.spacingOf(bot),
    };
  }

  #resume(bot: Bot, { runner, orderTimes, equity, spacing }: BotMoment): void {
    const { engine, risk, findStrategy } = this.#options;
    if (runner) {
      const definition = findStrategy(bot.config.strategy);
      const isRunning =
        definition && engine.attach(bot, definition, risk.gateOf(bot, orderTimes), runner);
      invariant(isRunning, `bot ${bot.id} goes on from where it ran`);
    }
    bot.equity = equity.copy();
    if (spacing) engine.resumeCurve(bot, spacing);
  }
}
