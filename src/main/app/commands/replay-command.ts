import { writeFileSync } from 'node:fs';
import type { AlertRuleDraft } from '#contract/alert-model.ts';
import type { BacktestReport } from '#contract/backtest-report.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { DeckBot, ReplaySpeed } from '#contract/replay-requests.ts';
import type { BotView } from '#contract/requests.ts';
import type { Alert } from '#domain/alert.ts';
import { decimal, toDecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { EpochMs } from '#domain/units.ts';
import { describe } from '#main/alerts/wording.ts';
import { reportPage } from '#main/backtest/page/report-page.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import { createLog } from '#main/telemetry/log.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { type BotBacktest, backtestBots } from '../backtest/backtest-bots.ts';
import { plotLibrary } from '../backtest/plot-library.ts';
import { summaryOf } from '../backtest/report-summary.ts';
import { openSources } from '../backtest/source-spec.ts';
import { haveStrategies, openStrategyShelf } from '../bots/strategy-shelf.ts';
import { playHeadless } from '../replay/headless-deck.ts';
import { openReplayInput, readBots, readRules } from '../replay/replay-input.ts';
import { tellBadLines } from './bad-lines.ts';
import { whileInterruptible } from './interruption.ts';
import { displayProgress } from './progress-display.ts';
import { type SourceOptions, specOf } from './source-options.ts';
import { answer, tell } from './terminal.ts';

export interface ReplayCommand extends SourceOptions {
  /** Files with a bot each. */
  readonly bot: readonly string[];
  /** Files with alert rules. */
  readonly alert: readonly string[];
  readonly speed: ReplaySpeed;
  readonly json: boolean;
  /** Where the report is written as a page. */
  readonly html?: string;
}

/** What a headless replay gives: the same fills as a deck on the screen would have shown. */
interface ReplayOutcome {
  readonly fromTime: EpochMs;
  readonly toTime: EpochMs;
  readonly tradesPlayed: number;
  readonly candlesPlayed?: number;
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
    // Afterwards: what took so long to compute is not lost where a page cannot be written.
    const refusal = command.html === undefined ? null : writePage(command.html, outcome.value);
    if (refusal !== null) {
      tell(refusal);
      return 1;
    }
    const broken = outcome.value.bots.find(({ view }) => view.status.state === 'error');
    if (broken) tell(`${broken.view.config.name} stopped: ${broken.view.status.error}`);
    return broken ? 1 : 0;
  });
}

/** Why it could not be written, else null. */
function writePage(file: string, { bots }: ReplayOutcome): string | null {
  const reports = bots.flatMap(({ report }) => report ?? []);
  if (reports.length === 0) return 'A page needs a --bot, at the speed max and without --alert.';
  try {
    writeFileSync(file, reportPage(reports, plotLibrary()));
    return null;
  } catch (error) {
    return `${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Null where it was canceled. */
async function run(
  command: ReplayCommand,
  signal: AbortSignal,
): Promise<Result<ReplayOutcome | null>> {
  const bots = readBots(command.bot);
  if (!bots.ok) return bots;
  const shelf = await openStrategyShelf(command.dataDir, {
    ...{ clock: systemClock, log: createLog('silent'), isOwner: false },
  });
  try {
    const ids = bots.value.map(({ strategy }) => strategy);
    const have = haveStrategies(shelf, ids);
    if (!have.ok) return have;
    return await runWith(command, bots.value, { signal, strategies: shelf.strategies });
  } finally {
    shelf.close();
  }
}

interface RunTerms {
  readonly signal: AbortSignal;
  readonly strategies: readonly StrategyDefinition[];
}

async function runWith(
  command: ReplayCommand,
  bots: readonly DeckBot[],
  { signal, strategies }: RunTerms,
): Promise<Result<ReplayOutcome | null>> {
  const rules = readRules(command.alert);
  if (!rules.ok) return rules;
  const { speed, candles = command.imported } = command;
  const isBacktest = bots.length > 0 && speed === 'max' && rules.value.length === 0;
  if (isBacktest) return backtest(command, bots, { signal, strategies });
  if (candles !== undefined) {
    return fail(
      'invalid_payload',
      'Candles are played by a --bot, at the speed max, without --alert.',
    );
  }
  const opened = await openInput(command, { bots, rules: rules.value }, signal);
  if (!opened.ok || opened.value === null) return opened.ok ? succeed(null) : opened;
  const { source, close } = opened.value;
  try {
    const staged = { bots, rules: rules.value };
    return await playHeadless(source, staged, { speed, signal, strategies });
  } finally {
    close();
  }
}

/** A recording is read through first, which may take long. */
async function openInput(
  command: ReplayCommand,
  { bots, rules }: { readonly bots: readonly DeckBot[]; readonly rules: readonly AlertRuleDraft[] },
  signal: AbortSignal,
) {
  const display = command.file === undefined ? null : displayProgress(command.file);
  try {
    return await openReplayInput(command, bots, rules, {
      signal,
      onProgress: ({ progress, tradeCount }) => display?.update(progress, tradeCount),
    });
  } finally {
    display?.stop();
  }
}

async function backtest(
  command: ReplayCommand,
  drafts: readonly DeckBot[],
  { signal, strategies }: RunTerms,
): Promise<Result<ReplayOutcome | null>> {
  const spec = specOf(command, drafts);
  if (!spec.ok) return spec;
  const display = displayProgress('replay');
  try {
    const sources = await openSources(spec.value, {
      signal,
      onProgress: (progress, count, of) => display.update(progress, count, of),
    });
    if (!sources.ok || sources.value === null) return sources.ok ? succeed(null) : sources;
    const { of, close } = sources.value;
    tellBadLines(sources.value);
    const played = await backtestBots(drafts, ({ instrumentId }) => of(instrumentId), {
      strategies,
      signal,
      onProgress: ({ progress, trades, candles }) =>
        candles > 0
          ? display.update(progress, candles, 'candles')
          : display.update(progress, trades),
    });
    close();
    return played.ok ? succeed(played.value && outcomeOf(played.value)) : played;
  } finally {
    display.stop();
  }
}

function outcomeOf(bots: readonly BotBacktest[]): ReplayOutcome {
  // Bots on the same instrument have seen the same.
  const instruments = new Map(bots.map((bot) => [bot.view.config.instrumentId, bot]));
  const sum = (pick: (bot: BotBacktest) => number) =>
    [...instruments.values()].reduce((total, bot) => total + pick(bot), 0);
  return {
    fromTime: Math.min(...bots.map(({ report }) => report.fromTime)) as EpochMs,
    toTime: Math.max(...bots.map(({ report }) => report.toTime)) as EpochMs,
    tradesPlayed: sum(({ report }) => report.played.trades),
    candlesPlayed: sum(({ report }) => report.played.candles),
    gaps: sum(({ gaps }) => gaps),
    bots: bots.map(({ view, fills, report }) => ({ view, fills, report })),
    alerts: [],
  };
}

function print({ bots, alerts, fromTime, toTime, gaps, ...played }: ReplayOutcome): void {
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
  const what = played.candlesPlayed
    ? `${played.candlesPlayed} candles`
    : `${played.tradesPlayed} trades`;
  tell(`Played ${what} from ${from} to ${to}; ${gaps} gaps.`);
}

function lineOf(alert: Alert): string {
  const { firedTime, resolvedTime, severity, ruleName } = alert;
  const fired = new Date(firedTime).toISOString();
  const over = resolvedTime === null ? '' : `, over at ${new Date(resolvedTime).toISOString()}`;
  return `${fired}  ${severity.padEnd(8)}  ${ruleName}: ${describe(alert)}${over}`;
}
