import type { BacktestReport } from '#contract/backtest-report.ts';
import { type Result, succeed } from '#contract/errors.ts';
import type { DeckBot, ReplaySpeed } from '#contract/replay-requests.ts';
import type { BotView } from '#contract/requests.ts';
import type { Alert } from '#domain/alert.ts';
import { decimal, toDecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { EpochMs } from '#domain/units.ts';
import { describe } from '#main/alerts/wording.ts';
import { backtestBots } from '../backtest/backtest-bots.ts';
import { replayBacktestSource } from '../backtest/replay-backtest-source.ts';
import { summaryOf } from '../backtest/report-summary.ts';
import { playHeadless } from '../replay/headless-deck.ts';
import {
  type OpenSource,
  openReplayInput,
  type ReplayInput,
  readBots,
  readRules,
} from '../replay/replay-input.ts';
import { whileInterruptible } from './interruption.ts';
import { displayProgress } from './progress-display.ts';
import { answer, tell } from './terminal.ts';

export interface ReplayCommand extends ReplayInput {
  /** Files with a bot each. */
  readonly bot: readonly string[];
  /** Files with alert rules. */
  readonly alert: readonly string[];
  readonly speed: ReplaySpeed;
  readonly json: boolean;
}

/** What a headless replay gives: the same fills as a deck on the screen would have shown. */
interface ReplayOutcome {
  readonly fromTime: EpochMs;
  readonly toTime: EpochMs;
  readonly tradesPlayed: number;
  readonly gaps: number;
  readonly bots: readonly {
    readonly view: BotView;
    readonly fills: readonly Fill[];
    /** At the speed `max`. */
    readonly report?: BacktestReport;
  }[];
  /** Oldest first. */
  readonly alerts: readonly Alert[];
}

/** Plays bots and alert rules over the tape or a recording, prints what came of it, and gives the exit code. */
export function replay(command: ReplayCommand): Promise<number> {
  return whileInterruptible(async (signal) => {
    const outcome = await run(command, signal);
    if (!outcome.ok) {
      tell(outcome.error.message);
      return 1;
    }
    if (outcome.value === null) return null;
    if (command.json) answer(JSON.stringify(outcome.value));
    else print(outcome.value);
    const broken = outcome.value.bots.find(({ view }) => view.status.state === 'error');
    if (broken) tell(`${broken.view.config.name} stopped: ${broken.view.status.error}`);
    return broken ? 1 : 0;
  });
}

/** Null where it was canceled. */
async function run(
  command: ReplayCommand,
  signal: AbortSignal,
): Promise<Result<ReplayOutcome | null>> {
  const bots = readBots(command.bot);
  if (!bots.ok) return bots;
  const rules = readRules(command.alert);
  if (!rules.ok) return rules;
  const opened = await openReplayInput(command, bots.value, rules.value);
  if (!opened.ok) return opened;
  const { source, close } = opened.value;
  try {
    const { speed } = command;
    const isBacktest = speed === 'max' && bots.value.length > 0 && rules.value.length === 0;
    return isBacktest
      ? await backtest(opened.value, bots.value, signal)
      : await playHeadless(source, { bots: bots.value, rules: rules.value }, { speed, signal });
  } finally {
    close();
  }
}

async function backtest(
  { source, lastTime }: OpenSource,
  drafts: readonly DeckBot[],
  signal: AbortSignal,
): Promise<Result<ReplayOutcome | null>> {
  const display = displayProgress('replay');
  const played = await backtestBots(
    drafts,
    ({ instrumentId }) => replayBacktestSource(source, instrumentId, lastTime(instrumentId)),
    { signal, onProgress: ({ progress, trades }) => display.update(progress, trades) },
  );
  display.stop();
  if (!played.ok || played.value === null) return played.ok ? succeed(null) : played;
  const { fromTime, toTime, gaps } = source;
  // Bots on the same instrument have seen the same trades.
  const trades = new Map(
    played.value.map(({ view, report }) => [view.config.instrumentId, report.played.trades]),
  );
  const tradesPlayed = [...trades.values()].reduce((sum, count) => sum + count, 0);
  const bots = played.value;
  return succeed({ fromTime, toTime, tradesPlayed, gaps: gaps.length, bots, alerts: [] });
}

function print({ bots, alerts, fromTime, toTime, tradesPlayed, gaps }: ReplayOutcome): void {
  for (const { view, fills, report } of bots) {
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
    if (report) for (const line of summaryOf(report)) answer(`  ${line}`);
  }
  for (const alert of alerts) answer(lineOf(alert));
  const [from, to] = [fromTime, toTime].map((time) => new Date(time).toISOString());
  tell(`Played ${tradesPlayed} trades from ${from} to ${to}; ${gaps} gaps.`);
}

function lineOf(alert: Alert): string {
  const { firedTime, resolvedTime, severity, ruleName } = alert;
  const fired = new Date(firedTime).toISOString();
  const over = resolvedTime === null ? '' : `, over at ${new Date(resolvedTime).toISOString()}`;
  return `${fired}  ${severity.padEnd(8)}  ${ruleName}: ${describe(alert)}${over}`;
}
