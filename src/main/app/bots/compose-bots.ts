import { randomUUID } from 'node:crypto';
import { type Instrument, type InstrumentId, namesOf } from '#domain/instrument.ts';
import { BalanceReporter } from '#main/bots/balance-reporter.ts';
import { ExternalBots } from '#main/bots/external-bots.ts';
import { Fleet } from '#main/bots/fleet.ts';
import { FleetBalance } from '#main/bots/fleet-balance.ts';
import type { WhyMissing } from '#main/bots/missing-strategy.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import type { Ground } from '../ground.ts';
import { UserNotices } from '../user-notices.ts';
import type { BotHistory } from './bot-history.ts';
import { botLedger } from './bot-ledger.ts';
import { composeOwnBots } from './compose-own-bots.ts';
import { externalBotLedger } from './external-bot-ledger.ts';
import { fleetLedger } from './fleet-ledger.ts';
import { LedgerTrouble, whyUnwritten } from './ledger-trouble.ts';
import { riskLedger } from './risk-ledger.ts';

export interface BotsSurroundings extends Ground {
  readonly ledger: Ledger;
  readonly market: MarketData;
  readonly createBotId: () => string;
  readonly findInstrument: (id: InstrumentId) => Instrument | undefined;
  readonly history: BotHistory;
  /** See `BotEngineOptions`. */
  readonly sharesFlushes: boolean;
  /** See `BotLifecycleOptions`. */
  readonly looksBetweenEvents: boolean;
  readonly strategies: readonly StrategyDefinition[];
  readonly whyMissing?: WhyMissing;
  /** Milliseconds of a clock that only goes forward: the process's, where none is given. */
  readonly ticks?: () => number;
}

/** The bots that run here on the paper broker, those that only report here, and their sums. */
export function composeBots(surroundings: BotsSurroundings) {
  const { clock, log, lifecycle, userId, publications, ledger } = surroundings;
  const { publish } = publications;
  const trouble = new LedgerTrouble(surroundings, {
    ...{ ledger, notices: new UserNotices(surroundings, ledger) },
    isStopped: (botId) =>
      own.list().some(({ config, status }) => config.id === botId && status.state === 'error'),
  });
  const { engine, own, markPrice, control, risk, moments, dispose } = composeOwnBots({
    ...surroundings,
    publish,
    store: botLedger(ledger, userId, clock),
    risk: riskLedger(ledger),
    elsewhere: (currency) => external.riskOf(currency),
    ticks: surroundings.ticks ?? (() => performance.now()),
    whyUnwritten,
    onGivenUp: ({ id, config }, reason) => trouble.giveUp({ botId: id, name: config.name }, reason),
  });
  lifecycle.onClose('bots', () => dispose());
  const external = new ExternalBots({
    ...{ userId, clock, publish, markPrice },
    createCommandId: randomUUID,
    isKilled: () => risk.isKilled,
    store: externalBotLedger(ledger, userId, clock),
    onFailure: (error) => log.error({ err: error }, 'reports of external bots were not written'),
  });
  risk.onKilled(() => external.stopAll());
  control.onGlobalLoss((currency, loss) => external.stopAllOf(currency, `by the ${loss}`));
  lifecycle.onClose('external bots', () => external.dispose());
  const fleet = new Fleet(own, external);
  const balance = composeBalance(surroundings, fleet);
  return { engine, own, fleet, balance, control, risk, moments };
}

function composeBalance(
  { clock, log, lifecycle, userId, publications, findInstrument, ledger }: BotsSurroundings,
  fleet: Fleet,
): FleetBalance {
  const balance = new FleetBalance({
    ...{ clock, store: fleetLedger(ledger), bots: () => fleet.list() },
    onFault: (err) => log.error({ err }, 'the balance’s drawdown could not be kept'),
    currencyOf: (id) => (findInstrument(id)?.quote ?? namesOf(id).quote) || null,
  });
  const reporter = new BalanceReporter({
    ...{ userId, clock, publish: publications.publish },
    balances: () => balance.look(),
  });
  publications.listen('botStatus', () => reporter.note());
  // Where there are others, the sums are others, though no bot has changed.
  fleet.onRemoved(() => reporter.note());
  fleet.onArchived(() => reporter.note());
  lifecycle.onClose('balance', () => {
    reporter.dispose();
    balance.dispose();
  });
  return balance;
}
