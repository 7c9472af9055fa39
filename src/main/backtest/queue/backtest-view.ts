import { basename } from 'node:path';
import type { BacktestView, PlayableSource } from '#contract/backtest-requests.ts';
import { runCountOf } from '#contract/sweep-grid.ts';
import type { Backtest } from './backtest-store.ts';
import type { BacktestAdvance } from './running-backtest.ts';

/** As it is shown; `advance` is that of one that runs. */
export function viewOf(backtest: Backtest, advance?: BacktestAdvance): BacktestView {
  const { plan, error, ...standing } = backtest;
  const { bot, source, sweep } = plan;
  const runs = sweep ? runCountOf(sweep.grid) : 1;
  const runsDone = advance?.runsDone ?? standing.runsDone;
  const progress = advance?.progress ?? runsDone / runs;
  return {
    ...{ ...standing, runsDone, progress, runs, bot, sweep },
    ...{ source: shown(source), error: error && shownSentence(error, source) },
  };
}

/** What went wrong with a file is told of its name. */
const shownSentence = (sentence: string, source: PlayableSource): string =>
  'file' in source ? sentence.replaceAll(source.file, basename(source.file)) : sentence;

function shown(source: PlayableSource): BacktestView['source'] {
  if (!('file' in source)) return source;
  const { file, ...rest } = source;
  return { ...rest, name: basename(file) };
}
