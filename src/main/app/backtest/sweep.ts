import { availableParallelism } from 'node:os';
import type { RankFigure, SweepReport, SweepRun } from '#contract/backtest-sweep.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { DeckBot } from '#contract/replay-requests.ts';
import { ranked, warningsOf } from '#main/backtest/sweep/ranking.ts';
import { type BacktestThread, beginBacktestThread } from './backtest-thread.ts';
import type { FromBacktestWorker, SweepStretch } from './backtest-worker-messages.ts';
import type { SourceSpec } from './source-spec.ts';

export interface SweepOrder {
  readonly spec: SourceSpec;
  readonly bot: DeckBot;
  readonly dataDirectory: string;
  readonly combinations: readonly Readonly<Record<string, unknown>>[];
  readonly rankedBy: RankFigure;
  /** 0 to 1; null for none. */
  readonly holdout: number | null;
  /** At most so many; as many as there are cores without it. */
  readonly threads?: number;
}

export interface SweepWatch {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, of: number) => void;
}

/** Plays every combination, in many threads, and ranks them. Null where it was canceled. */
export async function sweep(
  order: SweepOrder,
  { signal, onProgress }: SweepWatch,
): Promise<Result<SweepReport | null>> {
  const { spec, bot, dataDirectory, combinations, rankedBy, holdout } = order;
  const { threads: most = availableParallelism() } = order;
  const runs: SweepRun[] = [];
  const threads: BacktestThread[] = [];
  const ended = Promise.withResolvers<Result<SweepStretch | null>>();
  let next = 0;
  let done = 0;
  let stretch: SweepStretch | null = null;
  const begin = (): BacktestThread => {
    const birth = { spec, bot, dataDirectory, holdout };
    const thread = beginBacktestThread(birth, (message) => hear(message, thread));
    return thread;
  };
  const hear = (message: FromBacktestWorker, thread: BacktestThread): void => {
    if (message.kind === 'failed') ended.resolve(fail('unavailable', message.message));
    if (message.kind === 'ready') stretch = message.stretch;
    if (message.kind === 'run') {
      runs[message.index] = message.run;
      done += 1;
      onProgress(done, combinations.length);
      if (done === combinations.length) ended.resolve(succeed(stretch));
    }
    if (message.kind !== 'ready' && message.kind !== 'run') return;
    const params = combinations[next];
    if (params) thread.give({ index: next++, params, wantsReport: false });
  };
  const cancel = () => ended.resolve(succeed(null));
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const count = Math.min(most, combinations.length);
  for (let index = 0; index < count; index++) threads.push(begin());
  const end = await ended.promise;
  signal.removeEventListener('abort', cancel);
  await Promise.all(threads.map((thread) => thread.end()));
  if (!end.ok || end.value === null) return end.ok ? succeed(null) : end;
  const best = ranked(runs, rankedBy);
  const { holdoutTime } = end.value;
  return succeed({
    ...{ rankedBy, ...end.value, runs: best },
    warnings: warningsOf(best, { rankedBy, holdoutTime }),
  });
}
