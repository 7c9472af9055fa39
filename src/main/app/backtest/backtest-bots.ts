import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BacktestReport } from '#contract/backtest-report.ts';
import { type Result, succeed } from '#contract/errors.ts';
import type { DeckBot } from '#contract/replay-requests.ts';
import type { BotView } from '#contract/requests.ts';
import type { Fill } from '#domain/fill.ts';
import type { BacktestProgress } from '#main/backtest/run-backtest.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import { createLog } from '#main/telemetry/log.ts';
import { backtestBot } from './backtest-bot.ts';
import type { BacktestSource } from './backtest-source.ts';

export interface BotBacktest {
  readonly view: BotView;
  readonly fills: readonly Fill[];
  readonly report: BacktestReport;
  /** Stretches of which nothing is known. */
  readonly gaps: number;
}

export interface BacktestWatch {
  readonly strategies: readonly StrategyDefinition[];
  readonly signal: AbortSignal;
  /** Of all bots together. */
  readonly onProgress: (progress: BacktestProgress) => void;
}

/**
 * Plays bots one after the other, each over its own instrument: they share nothing, so that it makes
 * no difference. Null where it was canceled.
 */
export async function backtestBots(
  bots: readonly DeckBot[],
  sourceOf: (bot: DeckBot) => Result<BacktestSource>,
  { strategies, signal, onProgress }: BacktestWatch,
): Promise<Result<readonly BotBacktest[] | null>> {
  const log = createLog('silent');
  const results: BotBacktest[] = [];
  const done = { trades: 0, candles: 0 };
  for (const [index, bot] of bots.entries()) {
    const source = sourceOf(bot);
    if (!source.ok) return source;
    const fills: Fill[] = [];
    const outcome = await backtestBot(bot, `bot${index + 1}`, source.value, {
      ...{ log, strategies, signal, breathe: () => nextTurn() },
      onFill: (fill) => fills.push(fill),
      onProgress: ({ progress, trades, candles }) =>
        onProgress({
          progress: (index + progress) / bots.length,
          trades: done.trades + trades,
          candles: done.candles + candles,
        }),
    });
    if (!outcome.ok || outcome.value === null) return outcome.ok ? succeed(null) : outcome;
    const { report, view } = outcome.value;
    done.trades += report.played.trades;
    done.candles += report.played.candles;
    results.push({ view, fills, report, gaps: source.value.gaps });
  }
  return succeed(results);
}
