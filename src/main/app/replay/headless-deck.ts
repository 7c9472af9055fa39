import type { AlertRuleDraft } from '#contract/alert-model.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { DeckBot, ReplaySpeed } from '#contract/replay-requests.ts';
import type { BotView } from '#contract/requests.ts';
import type { Alert } from '#domain/alert.ts';
import type { Fill } from '#domain/fill.ts';
import type { EpochMs } from '#domain/units.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import { Deck } from '#main/replay/deck.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import { createLog } from '#main/telemetry/log.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { deckRules } from './deck-rules.ts';
import { composeStage, type ReplayStage } from './replay-stage.ts';

/** What a headless replay gives: the same as a deck on the screen would have shown. */
export interface ReplayOutcome {
  readonly fromTime: EpochMs;
  readonly toTime: EpochMs;
  readonly tradesPlayed: number;
  readonly gaps: number;
  readonly bots: readonly { readonly view: BotView; readonly fills: readonly Fill[] }[];
  /** Oldest first. */
  readonly alerts: readonly Alert[];
}

export interface HeadlessTerms {
  readonly speed: ReplaySpeed;
  readonly signal: AbortSignal;
  readonly strategies: readonly StrategyDefinition[];
}

/** Plays bots and alert rules over a source on a deck that nobody sees. Null where it was canceled. */
export async function playHeadless(
  source: ReplaySource,
  { bots, rules }: { readonly bots: readonly DeckBot[]; readonly rules: readonly AlertRuleDraft[] },
  { speed, signal, strategies }: HeadlessTerms,
): Promise<Result<ReplayOutcome | null>> {
  const alertRules = deckRules(rules, source.instruments, () => []);
  if (!alertRules.ok) return alertRules;
  const log = createLog('silent');
  const ended = Promise.withResolvers<void>();
  let botCount = 0;
  const createBotId = () => {
    botCount += 1;
    return `bot${botCount}`;
  };
  const deck = await Deck.open<ReplayStage>(
    {
      ...{ id: 'd1', source, speed, notify: false, clock: systemClock, log },
      edge: NOBODY_WATCHES,
      createStage: (clock) =>
        composeStage({
          ...{ source, clock, log, createBotId, strategies, alertRules: alertRules.value },
          alertId: (number) => `alert${number}`,
          userId: 'owner',
          publish: () => undefined,
          onBotRemoved: () => undefined,
        }),
      // Nobody goes back.
      saveStage: () => null,
      liveFills: { next: () => null, previous: () => null },
      onNewRun: () => undefined,
      onChange: ({ state }) => {
        if (state === 'ended' || state === 'failed') ended.resolve();
      },
      onFault: ended.reject,
    },
    bots.map((draft) => ({ id: createBotId(), draft, isRunning: true })),
  );
  if (!deck.ok) return deck;
  const playing = await deck.value.play();
  if (!playing.ok) return playing;
  signal.addEventListener('abort', () => ended.resolve(), { once: true });
  if (signal.aborted) ended.resolve();
  await ended.promise;
  const outcome = signal.aborted ? succeed(null) : outcomeOf(deck.value);
  await deck.value.close();
  return outcome;
}

const NOBODY_WATCHES = { hold: () => undefined, release: () => undefined };
const MOST_FILLS_A_PAGE = 1_000;

function outcomeOf(deck: Deck<ReplayStage>): Result<ReplayOutcome> {
  const { state, error, fromTime, toTime, tradesPlayed, gaps } = deck.view();
  if (state === 'failed') return fail('unavailable', error ?? 'The replay failed.');
  const bots = deck.stage.fleet.list().map((view) => ({
    view,
    fills: fillsOf(deck.stage, view.config.id),
  }));
  const alerts = deck.stage.alerts();
  return succeed({ fromTime, toTime, tradesPlayed, gaps: gaps.length, bots, alerts });
}

/** Oldest first. */
function fillsOf({ ledger }: ReplayStage, botId: string): readonly Fill[] {
  const fills: Fill[] = [];
  let before: string | undefined;
  do {
    const page = ledger.fills.list({ botId, limit: MOST_FILLS_A_PAGE, before });
    if (!page.ok) break;
    fills.push(...page.value.items);
    before = page.value.nextBefore ?? undefined;
  } while (before !== undefined);
  return fills.reverse();
}
