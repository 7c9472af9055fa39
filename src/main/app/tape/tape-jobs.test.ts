import { beforeEach, describe, expect, it } from 'vitest';
import type { TapeJob } from '#contract/tape-requests.ts';
import { type InstrumentId, instrumentId } from '#domain/instrument.ts';
import { FakeClock } from '../../../../tests/fakes/fake-clock.ts';
import { TapeJobs } from './tape-jobs.ts';
import type { TapeWork, TapeWorkEnd, TapeWorkReport } from './tape-work.ts';

const WORK: TapeWork = { kind: 'import', params: { file: '/data/a.csv', format: 'auto' } };
const IMPORTED = {
  ...{ format: 'csv', bytesTotal: 100, duplicates: 0, badLines: 0, badLineSamples: [] },
  ...{ backwards: 0, inferredSides: 0, candles: 0 },
} as const;
const REPORT = { trades: 7, bytesDone: 70, progress: 0.5 };

/** Works that end when the test says so. */
class FakeThreads {
  readonly works: {
    readonly work: TapeWork;
    readonly onProgress: (report: TapeWorkReport) => void;
    readonly end: (end: TapeWorkEnd) => void;
    isCanceled: boolean;
  }[] = [];

  readonly run = (work: TapeWork, onProgress: (report: TapeWorkReport) => void) => {
    const { promise, resolve } = Promise.withResolvers<TapeWorkEnd>();
    const running = { work, onProgress, end: resolve, isCanceled: false };
    this.works.push(running);
    const cancel = (): void => {
      running.isCanceled = true;
    };
    return { end: promise, cancel };
  };
}

describe('TapeJobs', () => {
  let stored: string | null;
  let isFull = false;
  let unkept: string[] = [];
  let threads: FakeThreads;
  let published: (readonly TapeJob[])[];
  let jobs: TapeJobs;
  let imported: (readonly InstrumentId[])[];

  const open = () =>
    new TapeJobs({
      clock: new FakeClock(),
      createId: () => `j${++ids}`,
      run: threads.run,
      settings: {
        get: (_, schema) => (stored === null ? null : schema.parse(JSON.parse(stored))),
        set: (_, value) => {
          if (isFull) throw new Error('the disk is full');
          stored = JSON.stringify(value);
        },
        remove: () => false,
      },
      publish: (item) => item.of === 'tapeJobs' && published.push(item.jobs),
      beforeStart: () => undefined,
      onUnkept: (fault) => unkept.push(String(fault)),
      onImported: (instrumentIds) => imported.push(instrumentIds),
    });
  let ids = 0;
  const states = () => jobs.list().map(({ id, state }) => `${id} ${state}`);
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  beforeEach(() => {
    ids = 0;
    stored = null;
    isFull = false;
    unkept = [];
    threads = new FakeThreads();
    published = [];
    imported = [];
    jobs = open();
  });

  it('runs one, lets the others wait, and tells how far it is', async () => {
    jobs.start(WORK);
    jobs.start(WORK);
    expect(states()).toEqual(['j2 waiting', 'j1 running']);
    threads.works[0]?.onProgress(REPORT);
    expect(published.at(-1)?.[1]).toMatchObject({ id: 'j1', trades: 7, progress: 0.5 });
    threads.works[0]?.end({ state: 'done', message: null, report: { ...REPORT, trades: 9 } });
    await settle();
    expect(states()).toEqual(['j2 running', 'j1 done']);
    expect(published.at(-1)?.[1]).toMatchObject({ trades: 9, endedTime: expect.any(Number) });
  });

  it('says which tapes are other than they were once an import is over, whatever its end', async () => {
    const instrumentIds = [instrumentId('binance', 'BTC/USDT')];
    for (const state of ['done', 'canceled', 'failed'] as const) {
      jobs.start(WORK);
      threads.works
        .at(-1)
        ?.end({ state, message: null, report: { ...REPORT, ...IMPORTED, instrumentIds } });
      await settle();
    }
    expect(imported).toEqual([instrumentIds, instrumentIds, instrumentIds]);
  });

  it('cancels what runs by asking it to stop, and what waits at once', async () => {
    jobs.start(WORK);
    jobs.start(WORK);
    expect(jobs.cancel('j2')).toMatchObject({ value: { state: 'canceled' } });
    jobs.cancel('j1');
    expect(threads.works[0]?.isCanceled).toBe(true);
    threads.works[0]?.end({ state: 'canceled', message: null, report: REPORT });
    await settle();
    expect(states()).toEqual(['j2 canceled', 'j1 canceled']);
    expect(jobs.cancel('j1')).toMatchObject({ error: { code: 'invalid_state' } });
    expect(jobs.cancel('j9')).toMatchObject({ error: { code: 'not_found' } });
  });

  it('runs a canceled or failed one again, in its own place', async () => {
    jobs.start(WORK);
    expect(jobs.resume('j1')).toMatchObject({ error: { code: 'invalid_state' } });
    threads.works[0]?.end({ state: 'failed', message: 'No.', report: REPORT });
    await settle();
    expect(jobs.resume('j1')).toMatchObject({ value: { id: 'j1', state: 'running', trades: 0 } });
    expect(threads.works[1]?.work).toEqual(WORK);
  });

  it('shows what ran when Tapedeck ended as interrupted, and can resume it', async () => {
    jobs.start(WORK);
    jobs.start(WORK);
    const closing = jobs.close();
    threads.works[0]?.end({ state: 'canceled', message: null, report: REPORT });
    await closing;
    jobs = open();
    expect(states()).toEqual(['j2 interrupted', 'j1 interrupted']);
    expect(threads.works).toHaveLength(1);
    jobs.resume('j1');
    expect(states()).toEqual(['j2 interrupted', 'j1 running']);
  });

  it('goes on where how far it is cannot be kept: an export may have filled the disk', async () => {
    jobs.start(WORK);
    isFull = true;
    threads.works[0]?.end({ state: 'failed', message: 'The disk is full.', report: REPORT });
    await settle();
    expect([states(), unkept]).toEqual([['j1 failed'], ['Error: the disk is full']]);
    isFull = false;
    expect(jobs.resume('j1').ok).toBe(true);
    expect(states()).toEqual(['j1 running']);
  });

  it('takes no more than a few at once, and forgets the oldest', async () => {
    for (let index = 0; index < 10; index++) jobs.start(WORK);
    expect(jobs.start(WORK)).toMatchObject({ error: { code: 'conflict' } });
    for (let index = 0; index < 30; index++) {
      threads.works.at(-1)?.end({ state: 'done', message: null, report: REPORT });
      await settle();
      jobs.start(WORK);
    }
    expect(jobs.list()).toHaveLength(20);
  });

  it('pushes a part of the bad lines, and keeps them all', async () => {
    jobs.start(WORK);
    const badLineSamples = Array.from({ length: 60 }, (_, line) => ({ line, reason: 'bad' }));
    threads.works[0]?.onProgress({ ...REPORT, badLineSamples } as TapeWorkReport);
    expect(published.at(-1)?.[0]?.badLineSamples).toHaveLength(10);
    expect(jobs.list()[0]?.badLineSamples).toHaveLength(60);
  });
});
