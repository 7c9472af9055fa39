import { type Result, succeed } from '#contract/errors.ts';
import type { Publishable } from '#contract/publications.ts';
import { type Alert, DEFAULT_ALERT_POLICY } from '#domain/alert.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import type { Fleet } from '#main/bots/fleet.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import { MarketData } from '#main/market/market-data.ts';
import { tellAtOnce } from '#main/market/market-outlet.ts';
import type { DeckClock } from '#main/replay/deck-clock.ts';
import type { DeckStage, StagedBot } from '#main/replay/deck-stage.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import { type Ledger, openLedger } from '#main/storage/ledger.ts';
import type { Log } from '#main/telemetry/log.ts';
import { alertLedger } from '../alerts/alert-ledger.ts';
import { type AlertsSurroundings, composeAlertEngine } from '../alerts/compose-alerts.ts';
import { deckBotHistory, IN_PROGRESS_INTERVALS, tapeBotHistory } from '../bots/bot-history.ts';
import { composeBots } from '../bots/compose-bots.ts';
import { createPipeline } from '../feeds/market-pipeline.ts';
import { Lifecycle } from '../lifecycle.ts';
import { Publications } from '../publications.ts';
import { seedDeckMarket } from './replay-seeding.ts';

export interface StageSurroundings {
  readonly source: ReplaySource;
  /** The market's time. */
  readonly clock: DeckClock;
  readonly log: Log;
  readonly userId: string;
  readonly publish: (item: Publishable) => void;
  readonly strategies: readonly StrategyDefinition[];
  /** For a bot that is made while it plays. */
  readonly createBotId: () => string;
  /** With the source's own instruments. */
  readonly alertRules: readonly AlertRule[];
  /** Of the n-th alert of a stage. */
  readonly alertId: (number: number) => string;
}

/** A stage with the rooms that requests look into. */
export interface ReplayStage extends DeckStage {
  /** The one that is shown. */
  readonly market: MarketData;
  readonly fleet: Fleet;
  readonly ledger: Ledger;
  alertRules(): readonly AlertRule[];
  /** Every alert so far, oldest first. */
  alerts(): readonly Alert[];
}

const IN_MEMORY = ':memory:';

/** What a replay plays is on the tape already. */
const NO_TAPE = {
  record: () => undefined,
  recordGap: () => undefined,
  recordBackfill: () => undefined,
};

/**
 * A small monitor of its own: the same rooms as live, wired the same way, over a ledger that is
 * gone with it. Only the clock, the feed and the ledger differ.
 */
export function composeStage(surroundings: StageSurroundings): Result<ReplayStage> {
  const { source, clock, log, userId, publish, createBotId, alertRules } = surroundings;
  const lifecycle = new Lifecycle(log);
  const opened = openLedger(IN_MEMORY, {
    onDamage: (damage) => log.error(damage, 'a row of a replay’s ledger cannot be read'),
  });
  if (!opened.ok) return opened;
  const ledger = opened.value;
  lifecycle.onClose('replay ledger', () => ledger.close());
  const publications = new Publications({ publish });
  const market = new MarketData(tellAtOnce(publications.publish));
  const witnessed = source.isSeekable ? new MarketData(null, IN_PROGRESS_INTERVALS) : market;
  let nextBotId: string | null = null;
  const { engine, own, fleet } = composeBots({
    ...{ clock, log, lifecycle, userId, publications, ledger, market: witnessed },
    createBotId: () => nextBotId ?? createBotId(),
    findInstrument: (id) => source.instruments.find((instrument) => instrument.id === id),
    history: source.isSeekable
      ? tapeBotHistory(witnessed, source)
      : deckBotHistory(witnessed, source),
    // Nothing to wait for: a ledger in memory, and fills that are counted as they come.
    commitWindowMs: null,
    strategies: surroundings.strategies,
  });
  const alerts = composeStageAlerts(surroundings, {
    ...{ clock, log, userId, publications, ledger, market: witnessed, fleet },
  });
  const pass = createPipeline({
    market: witnessed,
    recorder: NO_TAPE,
    bots: engine,
    alerts: alerts.engine,
  });
  let fillCount = 0;
  publications.listen('fill', () => {
    fillCount += 1;
  });
  return succeed({
    ...{ market, fleet, ledger },
    seed: (time) => seedDeckMarket(source, market, time),
    show: (event) => market.apply(event),
    forget: () => {
      for (const { id } of source.instruments) witnessed.of(id).reset();
    },
    remember: (event) => {
      market.apply(event);
      if (witnessed !== market) witnessed.apply(event);
    },
    pass: (event) => pass([event]),
    play: (event) => {
      if (witnessed !== market) market.apply(event);
      pass([event]);
    },
    settled: () => engine.settled(),
    advance: () => alerts.engine.advance(),
    alertRuleCount: alertRules.length,
    alertRules: () => alertRules,
    alerts: () => alerts.all(),
    addBot: ({ id, draft, isRunning }) => {
      nextBotId = id;
      const created = own.create({ ...draft, start: isRunning });
      nextBotId = null;
      return created.ok ? succeed(undefined) : created;
    },
    botIds: () => fleet.ids(),
    bots: () => fleet.list().map(stagedBot),
    get fillCount() {
      return fillCount;
    },
    fillBefore: (time) => ledger.fills.nearestTime('before', time),
    dispose: () => lifecycle.close(),
  });
}

/** Nobody is there to acknowledge, so that nothing is escalated. */
const STAGE_POLICY = { ...DEFAULT_ALERT_POLICY, escalateAfterMs: null };
const ALERTS_A_PAGE = 1_000;

function composeStageAlerts(
  { alertRules, alertId }: StageSurroundings,
  rooms: Omit<AlertsSurroundings, 'createId'>,
) {
  const { ledger, clock } = rooms;
  const kept = alertLedger(ledger, clock);
  kept.savePolicy(STAGE_POLICY);
  for (const rule of alertRules) kept.insertRule(rule);
  let count = 0;
  const createId = () => {
    count += 1;
    return alertId(count);
  };
  const { engine } = composeAlertEngine({ ...rooms, createId });
  const all = (): readonly Alert[] => {
    const alerts: Alert[] = [];
    let before: string | undefined;
    do {
      const page = kept.list({ limit: ALERTS_A_PAGE, before });
      if (!page.ok) break;
      alerts.push(...page.value.items);
      before = page.value.nextBefore ?? undefined;
    } while (before !== undefined);
    return alerts.reverse();
  };
  return { engine, all };
}

function stagedBot({ config, status }: ReturnType<Fleet['list']>[number]): StagedBot {
  const { id, createdTime: _created, archivedTime: _archived, ...draft } = config;
  return {
    id,
    draft: { ...draft, params: { ...draft.params } },
    isRunning: status.state !== 'stopped',
  };
}
