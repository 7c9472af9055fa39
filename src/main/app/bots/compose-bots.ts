import { decimal } from '#domain/decimal.ts';
import { type Instrument, type InstrumentId, namesOf } from '#domain/instrument.ts';
import { BalanceReporter } from '#main/bots/balance-reporter.ts';
import { BotEngine } from '#main/bots/bot-engine.ts';
import { BotRegistry } from '#main/bots/bot-registry.ts';
import { ExternalBots } from '#main/bots/external-bots.ts';
import { Fleet } from '#main/bots/fleet.ts';
import { gridStrategy } from '#main/bots/strategies/grid.ts';
import { PaperBroker } from '#main/execution/paper-broker.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import type { Ground } from '../ground.ts';
import type { BotHistory } from './bot-history.ts';
import { botLedger } from './bot-ledger.ts';
import { externalBotLedger } from './external-bot-ledger.ts';

const STRATEGIES = [gridStrategy];

export interface BotsSurroundings extends Ground {
  readonly ledger: Ledger;
  readonly market: MarketData;
  readonly createBotId: () => string;
  readonly findInstrument: (id: InstrumentId) => Instrument | undefined;
  readonly history: BotHistory;
}

/** The bots that run here on the paper broker, those that only report here, and their sums. */
export function composeBots(surroundings: BotsSurroundings) {
  const { clock, log, lifecycle, userId, publications, ledger, market } = surroundings;
  const { findInstrument, createBotId, history } = surroundings;
  const { publish } = publications;
  const markPrice = (id: InstrumentId) => market.of(id).lastTrade?.price ?? null;
  const shared = {
    store: botLedger(ledger, userId, clock),
    strategies: STRATEGIES,
    ...{ clock, findInstrument, markPrice },
  };
  const engine = new BotEngine({
    ...{ ...shared, userId, publish, history },
    market: (id) => market.of(id),
    createAccount: (config, instrument, state) =>
      new PaperBroker({
        botId: config.id,
        instrument,
        fees: config,
        market: market.of(instrument.id),
        state: { ...state, cash: decimal(state.cash) },
      }),
    onFault: (botId, fault) => log.error({ botId, err: fault }, 'a bot was stopped'),
  });
  lifecycle.onClose('bots', () => engine.dispose());
  const own = new BotRegistry({ ...shared, engine, createId: createBotId });
  const external = new ExternalBots({
    ...{ userId, clock, publish, markPrice },
    store: externalBotLedger(ledger, userId, clock),
    onFailure: (error) => log.error({ err: error }, 'reports of external bots were not written'),
  });
  lifecycle.onClose('external bots', () => external.dispose());
  const fleet = new Fleet(own, external);
  reportBalance(surroundings, fleet);
  return { engine, own, fleet };
}

function reportBalance(
  { clock, lifecycle, userId, publications, findInstrument }: BotsSurroundings,
  fleet: Fleet,
): void {
  const balance = new BalanceReporter({
    ...{ userId, clock, publish: publications.publish },
    bots: () => fleet.list(),
    currencyOf: (id) => (findInstrument(id)?.quote ?? namesOf(id).quote) || null,
  });
  publications.listen('botStatus', () => balance.note());
  lifecycle.onClose('balance', () => balance.dispose());
}
