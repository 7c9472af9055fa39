import { type Result, succeed } from '#contract/errors.ts';
import type { Publishable } from '#contract/publications.ts';
import type { Alert } from '#domain/alert.ts';
import type { AlertRule } from '#domain/alert-rule.ts';
import type { Fleet } from '#main/bots/fleet.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import { MarketData } from '#main/market/market-data.ts';
import { tellAtOnce } from '#main/market/market-outlet.ts';
import type { DeckClock } from '#main/replay/deck-clock.ts';
import type { DeckStage, StagedBot } from '#main/replay/deck-stage.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import type { SavedStage } from '#main/replay/waypoints.ts';
import { type Ledger, openLedger, openLedgerImage } from '#main/storage/ledger.ts';
import type { DamageListener } from '#main/storage/rows.ts';
import type { Log } from '#main/telemetry/log.ts';
import { deckBotHistory, IN_PROGRESS_INTERVALS, tapeBotHistory } from '../bots/bot-history.ts';
import { composeBots } from '../bots/compose-bots.ts';
import { createPipeline } from '../feeds/market-pipeline.ts';
import { Lifecycle } from '../lifecycle.ts';
import { Publications } from '../publications.ts';
import { seedDeckMarket } from './replay-seeding.ts';
import { composeStageAlerts, type StageRules } from './stage-alerts.ts';
import {
  bytesOfMoment,
  resumeMarkets,
  type StageMoment,
  savedMarkets,
  toldBefore,
} from './stage-moment.ts';

export interface StageSurroundings extends StageRules {
  readonly source: ReplaySource;
  /** The market's time. */
  readonly clock: DeckClock;
  readonly log: Log;
  readonly userId: string;
  readonly publish: (item: Publishable) => void;
  readonly strategies: readonly StrategyDefinition[];
  /** For a bot that is made while it plays. */
  readonly createBotId: () => string;
  readonly onBotRemoved: (botId: string) => void;
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
  /** As it stands between two events; null where that cannot be told of all of it. */
  save(): SavedStage<ReplayStage> | null;
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
 * gone with it. Only the clock, the feed and the ledger differ. With a `moment` it goes on as that
 * stood, by a clock that shows the same time.
 */
export function composeStage(
  surroundings: StageSurroundings,
  moment: StageMoment | null = null,
): Result<ReplayStage> {
  const { source, clock, log, userId, publish, createBotId, alertRules } = surroundings;
  const lifecycle = new Lifecycle(log);
  const onDamage: DamageListener = (damage) =>
    log.error(damage, 'a row of a replay’s ledger cannot be read');
  const opened = moment
    ? succeed(openLedgerImage(moment.ledger, { onDamage }))
    : openLedger(IN_MEMORY, { onDamage });
  if (!opened.ok) return opened;
  const ledger = opened.value;
  lifecycle.onClose('replay ledger', () => ledger.close());
  const publications = new Publications({ publish });
  const market = new MarketData(tellAtOnce(publications.publish));
  const witnessed = source.isSeekable ? new MarketData(null, IN_PROGRESS_INTERVALS) : market;
  if (moment) resumeMarkets(witnessed, moment.markets);
  let nextBotId: string | null = null;
  const { engine, own, fleet, moments } = composeBots({
    ...{ clock, log, lifecycle, userId, publications, ledger, market: witnessed },
    createBotId: () => nextBotId ?? createBotId(),
    findInstrument: (id) => source.instruments.find((instrument) => instrument.id === id),
    history: source.isSeekable
      ? tapeBotHistory(witnessed, source)
      : deckBotHistory(witnessed, source),
    // Nothing to wait for: a ledger in memory, and fills that are counted as they come.
    sharesFlushes: false,
    looksBetweenEvents: false,
    strategies: surroundings.strategies,
  });
  fleet.onRemoved(surroundings.onBotRemoved);
  if (moment) moments.resume(moment.bots);
  const alerts = composeStageAlerts(
    surroundings,
    { ...{ clock, log, userId, publications, ledger, market: witnessed, fleet } },
    moment,
  );
  const pass = createPipeline({
    market: witnessed,
    recorder: NO_TAPE,
    bots: engine,
    alerts: alerts.engine,
  });
  let fillCount = moment?.fillCount ?? 0;
  let newest = moment?.ledger ?? null;
  const save = (): SavedStage<ReplayStage> | null => {
    // Of a source that is read from its start only, the market that is shown is known by that alone.
    const bots = source.isSeekable ? moments.save() : null;
    if (!bots) return null;
    newest = ledger.image(newest);
    const saved: StageMoment = {
      ...{ bots, ledger: newest, markets: savedMarkets(witnessed, source.instruments) },
      ...{ alerts: alerts.engine.save(), fillCount, alertCount: alerts.count() },
    };
    return {
      bytes: bytesOfMoment(saved),
      restore: (at) => composeStage({ ...surroundings, clock: at }, saved),
    };
  };
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
    save,
    retell: () => {
      for (const item of toldBefore(ledger, fleet)) publish(item);
    },
    fillBefore: (time) => ledger.fills.nearestTime('before', time),
    dispose: () => lifecycle.close(),
  });
}

function stagedBot({ config, status }: ReturnType<Fleet['list']>[number]): StagedBot {
  const { id, createdTime: _created, archivedTime: _archived, ...draft } = config;
  return {
    id,
    draft: { ...draft, params: { ...draft.params } },
    isRunning: status.state !== 'stopped',
  };
}
