import { parentPort, workerData } from 'node:worker_threads';
import { invariant } from '#domain/assert.ts';
import { openTapeForImport } from '#main/storage/tape-import.ts';
import { doTapeWork, type TapeWorkEnd, type TapeWorkReport } from './tape-work.ts';
import type { FromTapeWorker, TapeWorkerBirth } from './tape-worker-messages.ts';

/**
 * The thread that imports or exports one file, over connections of its own: the main thread records
 * meanwhile. Any message from there means to stop.
 */
const port = parentPort;
invariant(port, 'this file runs in a worker thread');
const { work, tapePath, progressEveryMs } = workerData as TapeWorkerBirth;
const stop = new AbortController();
port.on('message', () => stop.abort());

let toldAt = Number.NEGATIVE_INFINITY;
const end = await run();
port.postMessage({ kind: 'end', end } satisfies FromTapeWorker);
port.close();

async function run(): Promise<TapeWorkEnd> {
  const tape = openTapeForImport(tapePath);
  if (!tape.ok) {
    const report = { trades: 0, bytesDone: 0, progress: null };
    return { state: 'failed', message: tape.error.message, report };
  }
  try {
    return await doTapeWork(work, { tape: tape.value, signal: stop.signal, onProgress: tell });
  } finally {
    tape.value.close();
  }
}

/** A few times a second is enough for the eye. */
function tell(report: TapeWorkReport): void {
  const now = performance.now();
  if (now - toldAt < progressEveryMs) return;
  toldAt = now;
  port?.postMessage({ kind: 'progress', report } satisfies FromTapeWorker);
}
