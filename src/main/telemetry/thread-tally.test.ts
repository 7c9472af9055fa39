import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { ThreadTally } from './thread-tally.ts';

const begin = (code: string) => new Worker(code, { eval: true });
const ended = (worker: Worker) => new Promise((resolve) => worker.once('exit', resolve));

it('counts threads that run, and those that died of themselves', async () => {
  const tally = new ThreadTally();
  const waits = begin("require('node:worker_threads').parentPort.once('message', () => undefined)");
  const fails = begin("throw new Error('no')");
  for (const worker of [waits, fails]) tally.watch('strategy', worker);
  expect(tally.of('strategy')).toEqual({ running: 2, died: 0 });
  expect(tally.of('backtest')).toEqual({ running: 0, died: 0 });
  await ended(fails);
  expect(tally.of('strategy')).toEqual({ running: 1, died: 1 });
  // Ended from outside: nothing is wrong with it.
  await waits.terminate();
  expect(tally.of('strategy')).toEqual({ running: 0, died: 1 });
});
