import type { AlertRuleDraft } from '#contract/alert-model.ts';
import type { Publishable } from '#contract/publications.ts';
import { type EpochMs, MAX_EPOCH_MS } from '#domain/units.ts';
import { BUILT_IN_STRATEGIES } from '#main/bots/strategies/built-in.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import { Deck } from '#main/replay/deck.ts';
import { DeckEdge } from '#main/replay/deck-edge.ts';
import type { StagedBot } from '#main/replay/deck-stage.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import type { WaypointLimits } from '#main/replay/waypoints.ts';
import { createLog } from '#main/telemetry/log.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { deckRules } from './deck-rules.ts';
import { composeStage, type ReplayStage } from './replay-stage.ts';

export interface TrialDeckTerms {
  readonly bots: readonly StagedBot[];
  readonly rules?: readonly AlertRuleDraft[];
  /** Null: none are kept. */
  readonly waypoints: WaypointLimits | null;
  readonly strategies?: readonly StrategyDefinition[];
}

/** A deck for tests, wired as one that is opened, with what it tells. */
export async function openTrialDeck(
  source: ReplaySource,
  { bots, rules = [], waypoints, strategies = BUILT_IN_STRATEGIES }: TrialDeckTerms,
) {
  const alertRules = deckRules(rules, source.instruments, () => []);
  if (!alertRules.ok) throw new Error(alertRules.error.message);
  const told: Publishable[] = [];
  let change = Promise.withResolvers<void>();
  const edge = new DeckEdge({ deckId: 'd1', notify: null, publish: (item) => told.push(item) });
  let savedCount = 0;
  const opened = await Deck.open<ReplayStage>(
    {
      ...{ id: 'd1', source, speed: 'max', notify: false, clock: systemClock, edge },
      createStage: (clock) =>
        composeStage({
          ...{ source, clock, log: createLog('silent'), strategies },
          ...{ userId: 'owner', createBotId: () => 'none', alertRules: alertRules.value },
          alertId: (number) => `alert${number}`,
          publish: edge.publish,
          onBotRemoved: () => undefined,
        }),
      saveStage: (stage) => {
        const saved = waypoints && stage.save();
        if (saved) savedCount += 1;
        return saved;
      },
      ...(waypoints && { waypoints }),
      liveFills: { next: () => null, previous: () => null },
      onNewRun: () => told.splice(0),
      onChange: () => {
        change.resolve();
        change = Promise.withResolvers();
      },
      onFault: (fault) => {
        throw fault;
      },
    },
    bots,
  );
  if (!opened.ok) throw new Error(opened.error.message);
  const deck = opened.value;
  /** Until nothing is under way. */
  const settled = async () => {
    while (['playing', 'seeking'].includes(deck.view().state)) {
      await change.promise;
    }
  };
  return { deck, told, settled, saved: () => savedCount };
}

const ALL = { limit: 1_000 };
const EVER = { fromTime: 0 as EpochMs, toTime: MAX_EPOCH_MS as EpochMs };

/** All that has come of a run. */
export function outcomeOf({ stage }: Deck<ReplayStage>) {
  const { ledger, fleet } = stage;
  return {
    fills: ledger.fills.list(ALL),
    orders: ledger.orders.list(ALL),
    alerts: stage.alerts(),
    deliveries: ledger.alertDeliveries.list(),
    bots: fleet.list(),
    logs: fleet.ids().map((botId) => ledger.botLogs.list(botId, 1_000)),
    equity: fleet.ids().map((botId) => ledger.equity.list(botId, EVER)),
    fillCount: stage.fillCount,
  };
}
