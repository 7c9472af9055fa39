import { beforeEach, describe, expect, it } from 'vitest';
import { type BacktestPlan, MOST_UNFINISHED_BACKTESTS } from '#contract/backtest-requests.ts';
import type { SweepFigures } from '#contract/backtest-sweep.ts';
import { succeed } from '#contract/errors.ts';
import type { Publishable } from '#contract/publications.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { instrumentId } from '#domain/instrument.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { BacktestQueue } from './backtest-queue.ts';
import type { Backtest, BacktestStore } from './backtest-store.ts';
import type { BacktestAdvance, BacktestEnd, RunBacktest } from './running-backtest.ts';

const money = (text: string) => text as DecimalString;
const FIGURES: SweepFigures = {
  ...{ pnl: money('12'), returnPercent: 1.2, sharpe: 2, sortino: null, profitFactor: null },
  ...{ winRatePercent: null, expectancy: null, drawdownPercent: 0.5, fills: 4, trips: 2 },
};
const RESULT = new Uint8Array([1, 2, 3]);
const SINGLE: BacktestPlan = {
  bot: {
    ...{ name: 'Cross', strategy: 'ma-cross', instrumentId: instrumentId('demo', 'BTC/USDT') },
    ...{ params: {}, initialCash: money('1000'), latencyMs: 0, slippageBps: 2, leverage: 1 },
    ...{ limits: {}, schedule: null },
  } as BacktestPlan['bot'],
  source: { kind: 'candleFile', file: '/home/somebody/candles.csv' },
  sweep: null,
};
const SWEEP: BacktestPlan = {
  ...SINGLE,
  sweep: { grid: { fast: [5, 10], slow: [20, 40] }, rankedBy: 'sharpe', holdout: null },
};

class MemoryStore implements BacktestStore {
  readonly kept = new Map<string, Backtest>();
  readonly results = new Map<string, Uint8Array>();
  isFull = false;

  insert(backtest: Backtest): void {
    this.kept.set(backtest.id, backtest);
  }
  update({ id, ...standing }: Backtest, result?: Uint8Array): void {
    if (result && this.isFull) throw new Error('the disk is full');
    const known = this.kept.get(id);
    if (known) this.kept.set(id, { ...known, ...standing });
    if (result) this.results.set(id, result);
  }
  remove(id: string): void {
    this.kept.delete(id);
  }
  get(id: string) {
    return this.kept.get(id) ?? null;
  }
  list() {
    return succeed({ items: [...this.kept.values()].reverse(), nextBefore: null });
  }
  unfinished() {
    return [...this.kept.values()].filter(({ state }) => state === 'queued' || state === 'running');
  }
  result(id: string) {
    return this.results.get(id) ?? null;
  }
  prune(kept: number): string[] {
    const gone = [...this.kept.values()]
      .reverse()
      .slice(kept)
      .filter(({ state }) => state !== 'queued' && state !== 'running')
      .map(({ id }) => id);
    for (const id of gone) this.kept.delete(id);
    return gone;
  }
}

/** Runs that end when the test says so. */
class FakeThreads {
  readonly runs: {
    readonly plan: BacktestPlan;
    readonly threads: number;
    readonly advance: (advance: BacktestAdvance) => void;
    readonly end: (end: BacktestEnd) => Promise<void>;
    isStopped: boolean;
  }[] = [];

  readonly run: RunBacktest = (plan, { threads, onAdvance }) => {
    const { promise, resolve } = Promise.withResolvers<BacktestEnd>();
    const end = async (what: BacktestEnd) => {
      resolve(what);
      await new Promise((settled) => setImmediate(settled));
    };
    const run = { plan, threads, advance: onAdvance, end, isStopped: false };
    this.runs.push(run);
    const stop = async () => {
      run.isStopped = true;
    };
    return { end: promise, stop };
  };
}

describe('BacktestQueue', () => {
  let clock: FakeClock;
  let store: MemoryStore;
  let threads: FakeThreads;
  let published: string[];
  let faults: unknown[];
  let queue: BacktestQueue;
  let ids = 0;

  const open = (count = 1) => {
    threads = new FakeThreads();
    queue = new BacktestQueue({
      ...{ clock, store, run: threads.run, threads: count },
      createId: () => `b${++ids}`,
      publish: (item) => published.push(textOf(item)),
      onFault: (fault) => faults.push(fault),
    });
  };
  const textOf = (item: Publishable): string => {
    if (item.of === 'backtestRemoved') return `${item.backtestId} removed`;
    if (item.of !== 'backtest') return item.of;
    const { id, state, progress } = item.backtest;
    return `${id} ${state} ${progress}`;
  };
  const start = (plan = SINGLE): string => {
    const started = queue.start(plan);
    if (!started.ok) throw new Error(started.error.message);
    return started.value.id;
  };
  const viewOf = (id: string) => {
    const view = queue.get(id);
    if (!view.ok) throw new Error(view.error.message);
    return view.value;
  };
  const states = () => [...store.kept.values()].map(({ id, state }) => `${id} ${state}`);
  const run = (index: number) => {
    const one = threads.runs[index];
    if (!one) throw new Error(`there is no run ${index}`);
    return one;
  };

  beforeEach(() => {
    ids = 0;
    clock = new FakeClock();
    store = new MemoryStore();
    published = [];
    faults = [];
    open();
  });

  it('runs one after the other in the order in which they were asked for', async () => {
    start();
    start();
    start();
    expect(states()).toEqual(['b1 running', 'b2 queued', 'b3 queued']);
    await run(0).end({ kind: 'done', figures: FIGURES, result: RESULT });
    expect(states()).toEqual(['b1 done', 'b2 running', 'b3 queued']);
    expect(viewOf('b1')).toMatchObject({ figures: FIGURES, progress: 1, runs: 1, runsDone: 1 });
    expect(queue.result('b1')).toBe(RESULT);
  });

  it('gives a single run one thread, and a sweep all that are free', () => {
    open(4);
    start();
    start(SWEEP);
    start();
    expect(threads.runs.map(({ threads: count }) => count)).toEqual([1, 3]);
    expect(viewOf('b2')).toMatchObject({ state: 'running', runs: 4 });
    expect(viewOf('b3').state).toBe('queued');
  });

  it('tells its progress at most five times a second, and its end at once', async () => {
    start(SWEEP);
    published = [];
    for (let done = 1; done <= 3; done++) {
      clock.advance(90);
      run(0).advance({ progress: done / 4, runsDone: done });
    }
    expect(published).toEqual(['b1 running 0.75']);
    expect(viewOf('b1').runsDone).toBe(3);
    await run(0).end({ kind: 'done', figures: null, result: RESULT });
    expect(published).toEqual(['b1 running 0.75', 'b1 done 1']);
  });

  it('shows of a file its name, never where it lies', async () => {
    start();
    const message = 'There is no file /home/somebody/candles.csv.';
    await run(0).end({ kind: 'failed', message, outcome: null });
    expect(viewOf('b1').error).toBe('There is no file candles.csv.');
    expect(viewOf('b1').source).toEqual({ kind: 'candleFile', name: 'candles.csv' });
    expect(JSON.stringify(viewOf('b1'))).not.toContain('somebody');
  });

  it('ends what is canceled at once, and begins the next', async () => {
    start();
    start();
    const canceled = await queue.cancel('b1');
    expect(canceled).toMatchObject({ ok: true, value: { state: 'canceled' } });
    expect(run(0).isStopped).toBe(true);
    expect(states()).toEqual(['b1 canceled', 'b2 running']);
    // What a thread says afterwards is not heard.
    await run(0).end({ kind: 'done', figures: FIGURES, result: RESULT });
    expect(viewOf('b1').state).toBe('canceled');
    expect(await queue.cancel('b1')).toMatchObject({ error: { code: 'invalid_state' } });
    expect(await queue.cancel('nobody')).toMatchObject({ error: { code: 'not_found' } });
  });

  it('cancels one that waits without its ever beginning', async () => {
    start();
    start();
    await queue.cancel('b2');
    await run(0).end({ kind: 'done', figures: FIGURES, result: RESULT });
    expect([states(), threads.runs.length]).toEqual([['b1 done', 'b2 canceled'], 1]);
  });

  it('says why one failed, and keeps what there is up to then', async () => {
    start();
    start();
    await run(0).end({ kind: 'failed', message: 'Its thread ended.', outcome: null });
    const outcome = { figures: FIGURES, result: RESULT };
    await run(1).end({ kind: 'failed', message: 'It threw.', outcome });
    expect(viewOf('b1')).toMatchObject({
      state: 'failed',
      error: 'Its thread ended.',
      figures: null,
    });
    expect(viewOf('b2')).toMatchObject({ state: 'failed', error: 'It threw.', figures: FIGURES });
    expect([queue.result('b1'), queue.result('b2')]).toEqual([null, RESULT]);
  });

  it('goes on where what came of one cannot be written', async () => {
    start();
    start();
    store.isFull = true;
    await run(0).end({ kind: 'done', figures: FIGURES, result: RESULT });
    expect(viewOf('b1')).toMatchObject({ state: 'failed', figures: null });
    expect(viewOf('b1').error).toContain('could not be written');
    expect([faults.length, viewOf('b2').state]).toEqual([1, 'running']);
  });

  it('shows what ran as failed after a restart, and lets what waited go on', async () => {
    start();
    start();
    await queue.close();
    expect(run(0).isStopped).toBe(true);
    expect(states()).toEqual(['b1 running', 'b2 queued']);
    open();
    expect(states()).toEqual(['b1 failed', 'b2 running']);
    expect(viewOf('b1').error).toBe('The monitor ended while it ran.');
    expect(threads.runs.map(({ plan }) => plan)).toEqual([SINGLE]);
  });

  it('removes what is over, and only that', async () => {
    start();
    expect(queue.remove('b1')).toMatchObject({ error: { code: 'invalid_state' } });
    await queue.cancel('b1');
    expect(queue.remove('b1')).toEqual({ ok: true, value: { backtestId: 'b1' } });
    expect(published.at(-1)).toBe('b1 removed');
    expect(queue.get('b1')).toMatchObject({ error: { code: 'not_found' } });
  });

  it('keeps the newest 200, and says which went', async () => {
    for (let count = 0; count < 201; count++) {
      start();
      await queue.cancel(`b${count + 1}`);
    }
    expect(published.filter((text) => text.endsWith('removed'))).toEqual(['b1 removed']);
    expect(store.kept.size).toBe(200);
  });

  it('lets only so many wait', () => {
    for (let count = 0; count < MOST_UNFINISHED_BACKTESTS; count++) start();
    expect(queue.start(SINGLE)).toMatchObject({ error: { code: 'conflict' } });
  });
});
