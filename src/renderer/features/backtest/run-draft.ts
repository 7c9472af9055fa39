import type { BacktestView } from '#contract/backtest-requests.ts';
import type { SweepRun } from '#contract/backtest-sweep.ts';
import type { RequestInput } from '#contract/requests.ts';

const LONGEST_NAME = 80;

/** One run of a sweep as a backtest of its own, over the whole stretch; its values begin its name. */
export function runDraft(
  { id, bot }: Pick<BacktestView, 'id' | 'bot'>,
  { params }: Pick<SweepRun, 'params'>,
  varied: readonly string[],
): RequestInput<'backtests.start'> {
  const values = varied.map((name) => String(params[name])).join(' / ');
  return {
    bot: {
      ...bot,
      name: `${values} · ${bot.name}`.slice(0, LONGEST_NAME).trim(),
      params: { ...bot.params, ...params },
    },
    source: { kind: 'sameAs', backtestId: id },
  };
}
