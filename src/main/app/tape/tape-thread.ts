import { Worker } from 'node:worker_threads';
import { threadTally } from '#main/telemetry/thread-tally.ts';
import type { TapeWork, TapeWorkEnd, TapeWorkReport } from './tape-work.ts';
import type { FromTapeWorker, TapeWorkerBirth } from './tape-worker-messages.ts';

/**
 * Where the worker begins: beside this file when Tapedeck runs from its source, beside the bundle of
 * the main process in the packaged application (`electron.vite.config.ts` names it so).
 */
const WORKER_ENTRY: URL = import.meta.url.endsWith('.ts')
  ? new URL('./tape-worker.ts', import.meta.url)
  : new URL('./tape-worker.js', import.meta.url);

const PROGRESS_EVERY_MS = 200;

/** Work that goes on in a thread of its own. */
export interface RunningTapeWork {
  /** Resolves when it is over; never rejects. */
  readonly end: Promise<TapeWorkEnd>;
  /** Asks it to stop; what an import has read stays. */
  cancel(): void;
}

export type RunTapeWork = (
  work: TapeWork,
  onProgress: (report: TapeWorkReport) => void,
) => RunningTapeWork;

/** A thread for each work, gone when it is over. */
export const runInThread =
  (tapePath: string): RunTapeWork =>
  (work, onProgress) => {
    const birth: TapeWorkerBirth = { work, tapePath, progressEveryMs: PROGRESS_EVERY_MS };
    const worker = new Worker(WORKER_ENTRY, { workerData: birth });
    threadTally.watch('tape', worker);
    let last: TapeWorkReport = { trades: 0, bytesDone: 0, progress: null };
    const end = new Promise<TapeWorkEnd>((resolve) => {
      const die = (reason: string) =>
        resolve({ state: 'failed', message: `It failed: ${reason}.`, report: last });
      worker.on('message', (message: FromTapeWorker) => {
        if (message.kind === 'end') {
          resolve(message.end);
          return;
        }
        last = message.report;
        onProgress(last);
      });
      worker.on('error', (error) => die(error.message));
      worker.on('exit', (code) => die(`its thread ended with code ${code}`));
    });
    return { end, cancel: () => worker.postMessage('stop') };
  };
