import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { BacktestReport } from '#contract/backtest-report.ts';
import type { SweepFigures } from '#contract/backtest-sweep.ts';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { invariant } from '#domain/assert.ts';
import type { EpochMs } from '#domain/units.ts';
import { sweepFiguresOf } from '#main/backtest/sweep/ranking.ts';
import { loadSqlite } from '#main/storage/database.ts';
import { createLog } from '#main/telemetry/log.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { haveStrategies, openStrategyShelf } from '../bots/strategy-shelf.ts';
import { backtestBot } from './backtest-bot.ts';
import type { BacktestSource } from './backtest-source.ts';
import type {
  BacktestTask,
  BacktestWorkerBirth,
  BacktestWorkerLoaded,
  FromBacktestWorker,
  SweepStretch,
} from './backtest-worker-messages.ts';
import { packJson } from './packed-json.ts';
import { type OpenSources, openSources } from './source-spec.ts';

/**
 * A thread that plays one bot over one source, with other parameters each time it is told to. It reads
 * the tape over a connection of its own that cannot write; ended, it leaves nothing behind.
 */
const port = parentPort;
invariant(port, 'this file runs in a worker thread');
const { spec, bot, dataDirectory, holdout, progressEveryMs } = workerData as BacktestWorkerBirth;
const { signal } = new AbortController();
const log = createLog('silent');
let toldAt = Number.NEGATIVE_INFINITY;

const tell = (message: FromBacktestWorker | BacktestWorkerLoaded) => port.postMessage(message);
loadSqlite();
tell({ kind: 'loaded' });

/** A few times a second is enough for the eye. */
function tellProgress(progress: number): void {
  const now = performance.now();
  if (now - toldAt < progressEveryMs) return;
  toldAt = now;
  tell({ kind: 'progress', progress });
}

interface Stretches extends SweepStretch {
  readonly chosen: BacktestSource;
  readonly heldOut: BacktestSource | null;
}

function stretchesOf(sources: OpenSources): Result<Stretches> {
  const whole = sources.of(bot.instrumentId);
  if (!whole.ok) return whole;
  const { fromTime, toTime } = whole.value;
  if (holdout === null) {
    return succeed({ chosen: whole.value, heldOut: null, fromTime, holdoutTime: null, toTime });
  }
  if (spec.kind === 'file') {
    return fail(
      'invalid_payload',
      'Of a recording, which is played as a whole, nothing is held out.',
    );
  }
  const holdoutTime = Math.floor(toTime - holdout * (toTime - fromTime)) as EpochMs;
  const chosen = sources.of(bot.instrumentId, { fromTime, toTime: holdoutTime });
  if (!chosen.ok) return chosen;
  const heldOut = sources.of(bot.instrumentId, { fromTime: holdoutTime, toTime });
  if (!heldOut.ok) return heldOut;
  const times = { fromTime, holdoutTime, toTime };
  return succeed({ chosen: chosen.value, heldOut: heldOut.value, ...times });
}

async function play(task: BacktestTask, source: BacktestSource): Promise<Result<BacktestReport>> {
  const draft = { ...bot, params: { ...bot.params, ...task.params } };
  const outcome = await backtestBot(draft, 'bot1', source, {
    ...{ log, strategies: shelf.strategies, signal, breathe: () => nextTurn() },
    onProgress: ({ progress }) => tellProgress(progress),
  });
  if (!outcome.ok) return outcome;
  invariant(outcome.value, 'it is ended, not canceled');
  return succeed(outcome.value.report);
}

async function compare(task: BacktestTask, { chosen, heldOut }: Stretches): Promise<void> {
  const { index, params } = task;
  const report = await play(task, chosen);
  const error = report.ok ? report.value.error : report.error.message;
  const figures = report.ok && error === null ? sweepFiguresOf(report.value) : null;
  let unseen: SweepFigures | null = null;
  if (figures && heldOut) {
    const other = await play(task, heldOut);
    if (other.ok && other.value.error === null) unseen = sweepFiguresOf(other.value);
  }
  tell({ kind: 'run', index, run: { params: { ...params }, figures, holdout: unseen, error } });
}

const shelf = await openStrategyShelf(dataDirectory, { clock: systemClock, log, isOwner: false });
const onProgress = (progress: number) => tellProgress(progress / 10);
const have = haveStrategies(shelf, [bot.strategy]);
const opened = have.ok ? await openSources(spec, { signal, onProgress }) : have;
const stretches = opened.ok && opened.value ? stretchesOf(opened.value) : opened;
if (!stretches.ok) tell({ kind: 'failed', message: stretches.error.message });
else if (stretches.value && 'chosen' in stretches.value) {
  const ready = stretches.value;
  port.on('message', (task: BacktestTask) => void run(task, ready));
  const { fromTime, holdoutTime, toTime } = ready;
  tell({ kind: 'ready', stretch: { fromTime, holdoutTime, toTime } });
}

async function run(task: BacktestTask, ready: Stretches): Promise<void> {
  if (!task.wantsReport) return compare(task, ready);
  const report = await play(task, ready.chosen);
  if (!report.ok) {
    tell({ kind: 'failed', message: report.error.message });
    return;
  }
  const { error } = report.value;
  const [packed, figures] = [await packJson(report.value), sweepFiguresOf(report.value)];
  tell({ kind: 'report', index: task.index, packed, figures, error });
}
