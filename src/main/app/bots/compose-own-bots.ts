import type { Publishable } from '#contract/publications.ts';
import type { TimerClock } from '#domain/clock.ts';
import { decimal } from '#domain/decimal.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { Bot } from '#main/bots/bot.ts';
import { BotEngine, type BotEngineOptions } from '#main/bots/bot-engine.ts';
import { BotLifecycle } from '#main/bots/bot-lifecycle.ts';
import { BotMoments } from '#main/bots/bot-moments.ts';
import { BotRegistry } from '#main/bots/bot-registry.ts';
import type { BotStore } from '#main/bots/bot-store.ts';
import type { WhyMissing } from '#main/bots/missing-strategy.ts';
import { RiskControl } from '#main/bots/risk/risk-control.ts';
import { RiskDesk, type RiskDeskOptions, type RiskStore } from '#main/bots/risk/risk-desk.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import { PaperBroker } from '#main/execution/paper-broker.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { Log } from '#main/telemetry/log.ts';
import type { BotHistory } from './bot-history.ts';

export interface OwnBotsSurroundings {
  readonly clock: TimerClock;
  readonly log: Log;
  readonly userId: string;
  readonly store: BotStore;
  readonly market: MarketData;
  /** See `BotEngineOptions`. */
  readonly publish: ((item: Publishable) => void) | null;
  readonly createBotId: () => string;
  readonly findInstrument: (id: InstrumentId) => Instrument | undefined;
  readonly history: BotHistory;
  readonly risk: RiskStore;
  /** See `RiskDeskOptions`. */
  readonly elsewhere?: NonNullable<RiskDeskOptions['elsewhere']>;
  /** See `BotEngineOptions`. */
  readonly sharesFlushes: boolean;
  /** See `BotLifecycleOptions`. */
  readonly looksBetweenEvents: boolean;
  readonly strategies: readonly StrategyDefinition[];
  readonly whyMissing?: WhyMissing;
  /** See `BotEngineOptions`. */
  readonly whyUnwritten?: BotEngineOptions['whyUnwritten'];
  /** See `BotEngineOptions`. */
  readonly onGivenUp?: BotEngineOptions['onGivenUp'];
  /** See `BotEngineOptions`. */
  readonly ticks: () => number;
}

/**
 * The bots that run here, on the paper broker: of live, of each deck and of each backtest. Only the
 * clock, the market and where their steps are kept differ.
 */
export function composeOwnBots(surroundings: OwnBotsSurroundings) {
  const { clock, log, userId, store, market, publish } = surroundings;
  const { findInstrument, createBotId, history, risk, sharesFlushes, ticks } = surroundings;
  const { whyMissing = () => undefined } = surroundings;
  const markPrice = (id: InstrumentId) => market.of(id).lastTrade?.price ?? null;
  const bots = new Map<string, Bot>();
  const everyBot = () => bots.values();
  const shared = {
    store,
    strategies: surroundings.strategies,
    ...{ clock, findInstrument, markPrice },
  };
  const engine = new BotEngine({
    ...{ ...shared, userId, publish, history, sharesFlushes, ticks },
    market: (id) => market.of(id),
    createAccount: (config, instrument, state) =>
      new PaperBroker({
        botId: config.id,
        instrument,
        terms: config,
        market: market.of(instrument.id),
        state: { ...state, cash: decimal(state.cash) },
      }),
    onFault: (botId, fault) => log.error({ botId, err: fault }, 'a bot was stopped'),
    whyUnwritten: surroundings.whyUnwritten,
    onGivenUp: surroundings.onGivenUp,
  });
  const desk = new RiskDesk({
    ...{ store: risk, clock, bots: everyBot },
    markPrice: ({ config }) => markPrice(config.instrumentId),
    ...(surroundings.elsewhere && { elsewhere: surroundings.elsewhere }),
  });
  const findStrategy = (id: string) =>
    surroundings.strategies.find((strategy) => strategy.id === id);
  const control = new BotLifecycle({
    ...{ engine, clock, risk: desk, bots: everyBot, findStrategy, whyMissing },
    looksBetweenEvents: surroundings.looksBetweenEvents,
  });
  const own = new BotRegistry({
    ...{ ...shared, bots, engine, lifecycle: control, createId: createBotId, whyMissing },
  });
  return {
    ...{ engine, own, control, markPrice },
    moments: new BotMoments({ engine, risk: desk, bots: everyBot, findStrategy }),
    risk: new RiskControl({ desk, lifecycle: control, bots: everyBot, clock }),
    dispose: () => {
      control.dispose();
      engine.dispose();
    },
  };
}
