import type { BacktestPlan, PlayableSource } from '#contract/backtest-requests.ts';
import { combinationsOf } from '#contract/sweep-grid.ts';
import { assertNever, invariant } from '#domain/assert.ts';
import type {
  BacktestEnd,
  RunBacktest,
  RunningBacktest,
  RunTerms,
} from '#main/backtest/queue/running-backtest.ts';
import { beginBacktestThread } from './backtest-thread.ts';
import { packJson } from './packed-json.ts';
import type { SourceSpec } from './source-spec.ts';
import { sweep } from './sweep.ts';

interface BacktestPlace {
  readonly tapePath: string;
  /** Where the user's strategies lie. */
  readonly dataDirectory: string;
}

type Sweep = BacktestPlan & { readonly sweep: NonNullable<BacktestPlan['sweep']> };
const isSweep = (plan: BacktestPlan): plan is Sweep => plan.sweep !== null;

/** Does backtests in threads of their own: the monitor goes on meanwhile. */
export const runInThreads =
  (place: BacktestPlace): RunBacktest =>
  (plan, terms) =>
    isSweep(plan) ? runSweep(plan, place, terms) : runSingle(plan, place, terms);

function runSingle(
  { bot, source }: BacktestPlan,
  { tapePath, dataDirectory }: BacktestPlace,
  { onAdvance }: RunTerms,
): RunningBacktest {
  const ended = Promise.withResolvers<BacktestEnd>();
  const spec = specOf(source, tapePath);
  const thread = beginBacktestThread({ spec, bot, dataDirectory, holdout: null }, (message) => {
    switch (message.kind) {
      case 'ready':
        thread.give({ index: 0, params: {}, wantsReport: true });
        break;
      case 'progress':
        onAdvance({ progress: message.progress, runsDone: 0 });
        break;
      case 'report': {
        const { packed: result, figures, error } = message;
        ended.resolve(
          error === null
            ? { kind: 'done', figures, result }
            : { kind: 'failed', message: error, outcome: { figures, result } },
        );
        break;
      }
      case 'failed':
        ended.resolve({ kind: 'failed', message: message.message, outcome: null });
        break;
      case 'run':
        break;
    }
  });
  const end = ended.promise.then(async (what) => {
    await thread.end();
    return what;
  });
  return { end, stop: () => thread.end() };
}

function runSweep(
  { bot, source, sweep: { grid, rankedBy, holdout } }: Sweep,
  { tapePath, dataDirectory }: BacktestPlace,
  { threads, onAdvance }: RunTerms,
): RunningBacktest {
  const canceling = new AbortController();
  const combinations = combinationsOf(grid);
  invariant(combinations.ok, 'a grid is looked at before it is queued');
  const spec = specOf(source, tapePath);
  const swept = sweep(
    { spec, bot, dataDirectory, combinations: combinations.value, rankedBy, holdout, threads },
    {
      signal: canceling.signal,
      onProgress: (done, of) => onAdvance({ progress: done / of, runsDone: done }),
    },
  );
  const end = swept.then(async (report): Promise<BacktestEnd> => {
    if (!report.ok || report.value === null) {
      const message = report.ok ? 'It was canceled.' : report.error.message;
      return { kind: 'failed', message, outcome: null };
    }
    const figures = report.value.runs[0]?.figures ?? null;
    return { kind: 'done', figures, result: await packJson(report.value) };
  });
  return {
    end,
    stop: async () => {
      canceling.abort();
      await swept;
    },
  };
}

function specOf(source: PlayableSource, tapePath: string): SourceSpec {
  switch (source.kind) {
    case 'tape':
      return { ...source, tapePath };
    case 'candles':
      return { ...source, kind: 'importedCandles', tapePath };
    case 'candleFile':
      return source;
    case 'recording':
      return { kind: 'file', file: source.file };
    default:
      return assertNever(source);
  }
}
