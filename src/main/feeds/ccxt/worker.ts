import { parentPort, workerData } from 'node:worker_threads';
import { invariant } from '#domain/assert.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import type { ToWorker, WorkerBirth } from './messages.ts';
import { WorkerDesk } from './worker-desk.ts';

/** The entry of the thread in which ccxt lives: it is imported nowhere else. */
invariant(parentPort, 'worker.ts runs in a worker thread');
const port = parentPort;
const { configs } = workerData as WorkerBirth;
const desk = new WorkerDesk({
  configs,
  clock: systemClock,
  random: Math.random,
  tell: (message) => port.postMessage(message),
});
port.on('message', (message: ToWorker) => desk.onMessage(message));
// ccxt leaves a promise unhandled here and there; that must not end all feeds.
process.on('unhandledRejection', (reason) => desk.onTrouble(reason));
