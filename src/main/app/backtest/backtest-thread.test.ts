import { Worker } from 'node:worker_threads';
import { afterEach, expect, it, vi } from 'vitest';
import type { DeckBot } from '#contract/replay-requests.ts';
import { type BacktestThread, beginBacktestThread } from './backtest-thread.ts';
import type { FromBacktestWorker } from './backtest-worker-messages.ts';
import type { SourceSpec } from './source-spec.ts';

let thread: BacktestThread | undefined;
afterEach(() => thread?.end());

/** The first that is heard of a thread which is born to play this. */
const firstOf = (spec: unknown, bot: unknown = { instrumentId: 'demo:BTC/USDT' }) =>
  new Promise<FromBacktestWorker>((resolve) => {
    const birth = { spec: spec as SourceSpec, bot: bot as DeckBot };
    thread = beginBacktestThread({ ...birth, dataDirectory: '/nowhere', holdout: null }, resolve);
  });

it('says why there is nothing to play', async () => {
  expect(await firstOf({ kind: 'tape', tapePath: '/nowhere/tape.db' })).toEqual({
    ...{ kind: 'failed', message: 'There is no tape at /nowhere/tape.db.' },
  });
});

it('tells its own death in a sentence', async () => {
  // Nothing that a thread is ever born with: it throws.
  expect(await firstOf({ kind: 'candleFile', file: null })).toEqual({
    ...{ kind: 'failed', message: expect.stringMatching(/^It failed: .*\.$/) },
  });
});

it('is not heard of once it was ended', async () => {
  const heard: FromBacktestWorker[] = [];
  const ended = beginBacktestThread(
    {
      ...{ spec: { kind: 'tape', tapePath: '/nowhere/tape.db' }, bot: {} as DeckBot },
      ...{ dataDirectory: '/nowhere', holdout: null },
    },
    (message) => heard.push(message),
  );
  await ended.end();
  expect(heard).toEqual([]);
});

// Node aborts when a thread is ended within the loading of a native module: the monitor with it.
it('is left alone until it has loaded what it needs', async () => {
  const terminate = vi.spyOn(Worker.prototype, 'terminate');
  const begun = beginBacktestThread(
    {
      ...{ spec: { kind: 'tape', tapePath: '/nowhere/tape.db' }, bot: {} as DeckBot },
      ...{ dataDirectory: '/nowhere', holdout: null },
    },
    () => undefined,
  );
  const ended = begun.end();
  await new Promise((later) => setImmediate(later));
  expect(terminate).not.toHaveBeenCalled();
  await ended;
  expect(terminate).toHaveBeenCalledOnce();
  terminate.mockRestore();
});
