import type { Publishable } from '#contract/publications.ts';
import type { TimerClock } from '#domain/clock.ts';
import { decimal } from '#domain/decimal.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { BotEngine } from '#main/bots/bot-engine.ts';
import { BotRegistry } from '#main/bots/bot-registry.ts';
import type { BotStore } from '#main/bots/bot-store.ts';
import { BUILT_IN_STRATEGIES } from '#main/bots/strategies/built-in.ts';
import { PaperBroker } from '#main/execution/paper-broker.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { Log } from '#main/telemetry/log.ts';
import type { BotHistory } from './bot-history.ts';

export const STRATEGIES = BUILT_IN_STRATEGIES;

export interface OwnBotsSurroundings {
  readonly clock: TimerClock;
  readonly log: Log;
  readonly userId: string;
  readonly store: BotStore;
  readonly market: MarketData;
  readonly publish: (item: Publishable) => void;
  readonly createBotId: () => string;
  readonly findInstrument: (id: InstrumentId) => Instrument | undefined;
  readonly history: BotHistory;
}

/**
 * The bots that run here, on the paper broker: of live, of each deck and of each backtest. Only the
 * clock, the market and where their steps are kept differ.
 */
export function composeOwnBots(surroundings: OwnBotsSurroundings) {
  const { clock, log, userId, store, market, publish } = surroundings;
  const { findInstrument, createBotId, history } = surroundings;
  const markPrice = (id: InstrumentId) => market.of(id).lastTrade?.price ?? null;
  const shared = { store, strategies: STRATEGIES, ...{ clock, findInstrument, markPrice } };
  const engine = new BotEngine({
    ...{ ...shared, userId, publish, history },
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
  });
  const own = new BotRegistry({ ...shared, engine, createId: createBotId });
  return { engine, own, markPrice };
}
