import { fail, type Result, succeed } from '#contract/errors.ts';
import type { DeckBot, ReplaySpeed } from '#contract/replay-requests.ts';
import type { BotView } from '#contract/requests.ts';
import { decimal, toDecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { EpochMs } from '#domain/units.ts';
import { Deck } from '#main/replay/deck.ts';
import type { ReplaySource } from '#main/replay/replay-source.ts';
import { createLog } from '#main/telemetry/log.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { openReplayInput, type ReplayInput, readBots } from '../replay/replay-input.ts';
import { composeStage, type ReplayStage } from '../replay/replay-stage.ts';
import { answer, tell } from './terminal.ts';

export interface ReplayCommand extends ReplayInput {
  /** Files with a bot each. */
  readonly bot: readonly string[];
  readonly speed: ReplaySpeed;
  readonly json: boolean;
}

/** What a headless replay gives: the same as a deck on the screen would have shown. */
interface ReplayOutcome {
  readonly fromTime: EpochMs;
  readonly toTime: EpochMs;
  readonly tradesPlayed: number;
  readonly gaps: number;
  readonly bots: readonly { readonly view: BotView; readonly fills: readonly Fill[] }[];
}

/** Plays bots over the tape or a recording, prints their fills, and gives the exit code. */
export async function replay(command: ReplayCommand): Promise<number> {
  const outcome = await run(command);
  if (!outcome.ok) {
    tell(outcome.error.message);
    return 1;
  }
  if (command.json) answer(JSON.stringify(outcome.value));
  else print(outcome.value);
  const broken = outcome.value.bots.find(({ view }) => view.status.state === 'error');
  if (broken) tell(`${broken.view.config.name} stopped: ${broken.view.status.error}`);
  return broken ? 1 : 0;
}

async function run(command: ReplayCommand): Promise<Result<ReplayOutcome>> {
  const bots = readBots(command.bot);
  if (!bots.ok) return bots;
  const opened = await openReplayInput(command, bots.value);
  if (!opened.ok) return opened;
  const { source, close } = opened.value;
  try {
    return await play(source, bots.value, command.speed);
  } finally {
    close();
  }
}

async function play(
  source: ReplaySource,
  bots: readonly DeckBot[],
  speed: ReplaySpeed,
): Promise<Result<ReplayOutcome>> {
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
          ...{ source, clock, log, createBotId },
          userId: 'owner',
          publish: () => undefined,
        }),
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
  await ended.promise;
  const outcome = outcomeOf(deck.value);
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
  return succeed({ fromTime, toTime, tradesPlayed, gaps: gaps.length, bots });
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

function print({ bots, fromTime, toTime, tradesPlayed, gaps }: ReplayOutcome): void {
  for (const { view, fills } of bots) {
    answer(`${view.config.name} on ${view.config.instrumentId}`);
    for (const fill of fills) {
      const time = new Date(fill.eventTime).toISOString();
      answer(
        `  ${time}  ${fill.side.padEnd(4)}  ${fill.quantity} at ${fill.price}  ${fill.liquidity}`,
      );
    }
    const { equity, realizedPnl, unrealizedPnl, fees } = view.status;
    const profit = toDecimalString(decimal(equity).minus(view.config.initialCash));
    answer(
      `  ${fills.length} fills, equity ${equity} (${profit}), realised ${realizedPnl}, ` +
        `unrealised ${unrealizedPnl}, fees ${fees}`,
    );
  }
  const [from, to] = [fromTime, toTime].map((time) => new Date(time).toISOString());
  tell(`Played ${tradesPlayed} trades from ${from} to ${to}; ${gaps} gaps.`);
}
