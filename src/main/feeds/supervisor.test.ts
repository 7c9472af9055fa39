import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fail } from '#contract/errors.ts';
import { feedStatusSchema } from '#contract/model.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { REMOTE, setUp } from '#tests/fakes/supervised-feed.ts';
import { BTC, ETH } from './scripted-feed.fixture.ts';

describe('FeedSupervisor', () => {
  it('tells how long events took from their receipt to their turn, but of a recording', async () => {
    for (const [spec, expected] of [
      ['demo', [0, 7]],
      ['replay:file', []],
    ] as const) {
      const { clock, feed, intakes } = await setUp({ spec });
      feed.trade(BTC);
      const trade = feed.made(BTC, clock.now());
      clock.advance(7);
      feed.sink?.onEvents([{ kind: 'trade', trade }]);
      expect(intakes).toEqual(expected);
    }
  });

  it('starts a feed, tells its instruments, and fills its status truly', async () => {
    const { clock, feed, added, status, watchlists, told, rejections } = await setUp();
    expect(added).toMatchObject({
      ok: true,
      value: { spec: 'demo', state: { kind: 'connecting' } },
    });
    expect(watchlists).toEqual([[BTC, ETH]]);
    feed.live();
    for (let i = 0; i < 30; i++) {
      clock.advance(1_000);
      feed.trade(BTC, -1_268);
      feed.trade(ETH, -1_268);
    }
    for (let i = 0; i < 25; i++) feed.sink?.onRejected({ line: i + 1, reason: 'broken' });
    expect(status()).toMatchObject({
      ...{ exchange: 'test', state: { kind: 'live' }, lagMs: 0 },
      ...{ tradesPerMinute: 60, reconnects: 0, rejected: 25 },
    });
    expect(status().rejectedSamples).toHaveLength(20);
    expect(status().rejectedSamples[0]).toEqual({ line: 1, reason: 'broken' });
    // Told of as they come, and no more of them than are kept: a log is not to be flooded.
    expect(rejections).toHaveLength(20);
    expect(rejections[0]).toEqual(['test-1', { line: 1, reason: 'broken' }]);
    expect(status().instruments[0]?.lastEventTime).toBe(clock.now() + 1_268);
    clock.advance(61_000);
    expect(status().tradesPerMinute).toBe(0);
    for (const one of told.flat()) expect(feedStatusSchema.safeParse(one).error).toBeUndefined();
  });

  it('tells a change of state at once and counters once a second, not each event', async () => {
    const { clock, feed, told } = await setUp();
    const before = told.length;
    feed.live();
    expect(told.length).toBe(before + 1);
    for (let i = 0; i < 500; i++) {
      clock.advance(2);
      feed.trade(BTC);
    }
    expect(told.length).toBe(before + 2);
  });

  it('a replay that has played everything is ended, never stale, and can be played again', async () => {
    const { clock, feed, status, stateOf, supervisor } = await setUp();
    feed.live();
    feed.trade(BTC);
    await feed.end({ kind: 'ended' });
    clock.advance(3_600_000);
    expect([status().state.kind, stateOf(BTC)]).toEqual(['ended', 'ended']);
    expect(await supervisor.restart(status().id)).toMatchObject({
      ok: true,
      value: { state: { kind: 'connecting', attempt: 1 }, reconnects: 0 },
    });
    expect(feed.runs).toBe(2);
  });

  it('a final failure is failed with its reason and is not tried again', async () => {
    const { clock, feed, status } = await setUp();
    await feed.fail('There is no file x.', true);
    clock.advance(3_600_000);
    expect(status().state).toEqual({ kind: 'failed', reason: 'There is no file x.' });
    expect(feed.runs).toBe(1);
  });

  it('a feed that throws is reported as a crash and tried again', async () => {
    const { clock, feed, status, crashes } = await setUp();
    const bug = new TypeError('x is undefined');
    await feed.crash(bug);
    expect(crashes).toEqual([bug]);
    expect(status().state.kind).toBe('disconnected');
    clock.advance(1_000);
    await nextTurn();
    expect(feed.runs).toBe(2);
  });

  it('two restarts at once run the feed once', async () => {
    const { feed, status, supervisor } = await setUp();
    const { id } = status();
    await Promise.all([supervisor.restart(id), supervisor.restart(id)]);
    expect(feed.runs).toBe(2);
  });

  it('refuses what cannot be: bad spec, no instruments, an instrument twice, an unknown feed', async () => {
    const { feed, supervisor } = await setUp();
    expect(await supervisor.add('nope')).toMatchObject({ error: { code: 'invalid_payload' } });
    expect(await supervisor.add('demo')).toMatchObject({ error: { code: 'conflict' } });
    feed.offered = fail('not_found', 'There is no file x.');
    expect(await supervisor.add('replay:x')).toEqual(feed.offered);
    expect(await supervisor.remove('none')).toMatchObject({ error: { code: 'unknown_feed' } });
    expect(await supervisor.restart('none')).toMatchObject({ error: { code: 'unknown_feed' } });
    expect(supervisor.statuses()).toHaveLength(1);
  });

  it('a removed feed is gone: no events, no instruments, and its books are lost', async () => {
    const { feed, events, status, supervisor, watchlists } = await setUp();
    feed.live();
    await supervisor.remove(status().id);
    expect(events.map(({ kind }) => kind)).toEqual(['bookLost', 'bookLost']);
    feed.trade(BTC);
    expect(events).toHaveLength(2);
    expect(supervisor.statuses()).toEqual([]);
    expect(watchlists.at(-1)).toEqual([]);
  });

  it('dispose stops everything, says nothing more, and leaves no timer behind', async () => {
    const { clock, feed, events, told, supervisor } = await setUp();
    feed.live();
    await feed.fail();
    const before = [events.length, told.length];
    await supervisor.dispose();
    clock.advance(60_000);
    await nextTurn();
    expect([events.length, told.length]).toEqual(before);
    expect([clock.pendingTimers, feed.runs]).toEqual([0, 1]);
  });

  it('asks the feed that carries an instrument for its history', async () => {
    const { feed, supervisor } = await setUp();
    const range = [0 as EpochMs, 1 as EpochMs] as const;
    expect(await supervisor.history(BTC, '1m', ...range)).toEqual([]);
    const asked: unknown[] = [];
    Object.assign(feed, { history: async (...all: unknown[]) => asked.push(all) && [] });
    await supervisor.history(BTC, '1m', ...range);
    await supervisor.history('x:y' as InstrumentId, '1m', ...range);
    expect(asked).toEqual([[BTC, '1m', 0, 1]]);
  });

  it('loads the past before a start and a restart, not before a reconnection', async () => {
    const runsBefore: number[] = [];
    let runs = () => 0;
    const beforeStart = async () => {
      runsBefore.push(runs());
    };
    const rooms = await setUp({ beforeStart });
    const { clock, feed, status, supervisor } = rooms;
    runs = () => feed.runs;
    await feed.fail();
    clock.advance(1_000);
    await nextTurn();
    await supervisor.restart(status().id);
    expect(runsBefore).toEqual([0, 2]);
    expect(feed.runs).toBe(3);
  });

  it('starts although the past could not be loaded, and says so', async () => {
    const problem = new Error('no history');
    const { feed, crashes } = await setUp({ beforeStart: () => Promise.reject(problem) });
    expect(crashes).toEqual([problem]);
    expect(feed.runs).toBe(1);
  });

  it('tells of a lag that is true although the clocks disagree', async () => {
    const { clock, feed, status } = await setUp({ spec: REMOTE });
    const now = clock.now();
    feed.live();
    feed.sink?.onClockSample({
      sentTime: now,
      exchangeTime: (now + 20 + 1_270) as EpochMs,
      receivedTime: (now + 40) as EpochMs,
    });
    for (let i = 0; i < 20; i++) {
      clock.advance(100);
      feed.trade(BTC, 38 - 1_270);
    }
    expect(status()).toMatchObject({ lagMs: 38, clockOffsetMs: 1_270 });
    expect(status().clockUncertaintyMs).toBeCloseTo(20, 1);
  });

  it('knows no lag of a recording', async () => {
    const { feed, status } = await setUp({ spec: 'replay:some.gz' });
    feed.live();
    feed.trade(BTC, -1_268);
    expect(status()).toMatchObject({ lagMs: null, clockOffsetMs: null, clockUncertaintyMs: null });
  });

  it('passes a trade on once, however often it comes', async () => {
    const { feed, events, status, supervisor } = await setUp();
    feed.live();
    const trade = feed.trade(BTC);
    feed.sink?.onEvents([{ kind: 'trade', trade }]);
    expect(events).toHaveLength(1);
    expect(status().tradesPerMinute).toBe(1);
    // A recording that is played again has the same trades.
    await feed.end({ kind: 'ended' });
    await supervisor.restart(status().id);
    feed.sink?.onEvents([{ kind: 'trade', trade }]);
    expect(events.filter(({ kind }) => kind === 'trade')).toHaveLength(2);
  });
});
