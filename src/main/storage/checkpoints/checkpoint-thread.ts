import { Worker } from 'node:worker_threads';
import type { TimerClock } from '#domain/clock.ts';
import type { CheckpointBirth, CheckpointFault, CheckpointPace } from './checkpoint-messages.ts';

/**
 * Where the worker begins: beside this file when Tapedeck runs from its source, beside the bundle of
 * the main process in the packaged application (`electron.vite.config.ts` names it so).
 */
const WORKER_ENTRY: URL = import.meta.url.endsWith('.ts')
  ? new URL('./checkpoint-worker.ts', import.meta.url)
  : new URL('./checkpoint-worker.js', import.meta.url);

/** There is nothing to move at first, and better to do. */
const BEGINS_AFTER_MS = 3_000;
const USUAL_PACE: CheckpointPace = { idleMs: 1_000, busyMs: 100 };

export interface CheckpointThreadOptions extends Pick<CheckpointBirth, 'paths'> {
  readonly clock: TimerClock;
  /** How many milliseconds from now the thread begins. */
  readonly beginsAfterMs?: number;
  readonly pace?: CheckpointPace;
  /** Nothing is lost: the writers move their logs themselves where these become too long. */
  readonly onFault: (fault: CheckpointFault | Error) => void;
}

/** Moves write-ahead logs into their files beside those who write them. The returned function ends it. */
export function beginCheckpoints(options: CheckpointThreadOptions): () => Promise<void> {
  const { clock, paths, onFault, beginsAfterMs = BEGINS_AFTER_MS, pace = USUAL_PACE } = options;
  let worker: Worker | null = null;
  const cancel = clock.setTimeout(() => {
    const begun = new Worker(WORKER_ENTRY, {
      workerData: { paths, pace } satisfies CheckpointBirth,
    });
    worker = begun;
    begun.unref();
    begun.on('message', (fault: CheckpointFault) => onFault(fault));
    begun.on('error', onFault);
    begun.on('exit', () => {
      worker = null;
    });
  }, beginsAfterMs);
  return () => {
    cancel();
    return new Promise((resolve) => {
      if (!worker) {
        resolve();
        return;
      }
      worker.once('exit', () => resolve());
      worker.postMessage('end');
    });
  };
}
