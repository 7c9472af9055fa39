import { Worker } from 'node:worker_threads';
import { threadTally } from '#main/telemetry/thread-tally.ts';
import type {
  BacktestTask,
  BacktestWorkerBirth,
  BacktestWorkerLoaded,
  FromBacktestWorker,
} from './backtest-worker-messages.ts';

/**
 * Where the worker begins: beside this file when Tapedeck runs from its source, beside the bundle of
 * the main process in the packaged application (`electron.vite.config.ts` names it so).
 */
const WORKER_ENTRY: URL = import.meta.url.endsWith('.ts')
  ? new URL('./backtest-worker.ts', import.meta.url)
  : new URL('./backtest-worker.js', import.meta.url);

const PROGRESS_EVERY_MS = 200;
/** Trades live for a moment: in a larger nursery most are gone before anyone looks. */
const YOUNG_MEGABYTES = 64;

export interface BacktestThread {
  /** One at a time. */
  give(task: BacktestTask): void;
  /** Nothing more is heard of it from here on. It is gone in a moment; see `loadSqlite`. */
  end(): Promise<void>;
}

/** A thread that plays a bot, until it is ended. Whatever kills it is told as `failed`. */
export function beginBacktestThread(
  birth: Omit<BacktestWorkerBirth, 'progressEveryMs'>,
  hear: (message: FromBacktestWorker) => void,
): BacktestThread {
  const worker = new Worker(WORKER_ENTRY, {
    workerData: { ...birth, progressEveryMs: PROGRESS_EVERY_MS } satisfies BacktestWorkerBirth,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  threadTally.watch('backtest', worker);
  let isOver = false;
  const tell = (message: FromBacktestWorker) => {
    if (!isOver) hear(message);
  };
  const die = (reason: string) => tell({ kind: 'failed', message: `It failed: ${reason}.` });
  const { promise: canBeEnded, resolve: letBeEnded } = Promise.withResolvers<void>();
  worker.on('message', (message: FromBacktestWorker | BacktestWorkerLoaded) => {
    if (message.kind === 'loaded') letBeEnded();
    else tell(message);
  });
  worker.on('error', (error) => die(error.message));
  worker.on('exit', (code) => {
    letBeEnded();
    die(`its thread ended with code ${code}`);
  });
  return {
    give: (task) => worker.postMessage(task),
    end: async () => {
      isOver = true;
      await canBeEnded;
      await worker.terminate();
    },
  };
}
