import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Failure, fail, succeed } from '#contract/errors.ts';
import { type FeedStatus, feedStatusSchema } from '#contract/model.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import type { Rejection } from './feed.ts';
import { BTC, ETH, ScriptedFeed } from './scripted-feed.fixture.ts';
import { FeedSupervisor } from './supervisor.ts';

/** Its events carry the exchange's clock, and its sockets die. */
const REMOTE = 'ccxt:test:BTC/USDT,ETH/USDT';

interface Wish {
  readonly spec?: string;
  readonly recordedUntil?: (id: InstrumentId) => EpochMs | null;
  readonly beforeStart?: () => Promise<void>;
  /** Before it is added. */
  readonly prepare?: (feed: ScriptedFeed) => void;
}

async function setUp({ spec = 'demo', beforeStart, prepare, recordedUntil }: Wish = {}) {
  const clock = new FakeClock();
  const feed = new ScriptedFeed(clock);
  const events: MarketEvent[] = [];
  const told: (readonly FeedStatus[])[] = [];
  const watchlists: string[][] = [];
  const crashes: unknown[] = [];
  const rejections: [string, Rejection][] = [];
  const unfilled: Failure[] = [];
  const intakes: number[] = [];
  const supervisor = new FeedSupervisor({
    clock,
    random: () => 0,
    createFeed: () => feed,
    ...(beforeStart && { beforeStart }),
    ...(recordedUntil && { recordedUntil }),
    listeners: {
      onEvents: (some) => events.push(...some),
      onStatus: (statuses) => told.push(statuses),
      onInstruments: (some) => watchlists.push(some.map(({ id }) => id)),
      onCrash: (_, error) => crashes.push(error),
      onRejected: (feedId, rejection) => rejections.push([feedId, rejection]),
      onBackfillFailed: (_, failure) => unfilled.push(failure),
      onIntake: (latencyMs) => intakes.push(latencyMs),
    },
  });
  prepare?.(feed);
  const added = await supervisor.add(spec);
  const status = () => supervisor.statuses()[0] as FeedStatus;
  const stateOf = (id: InstrumentId) =>
    status().instruments.find((one) => one.id === id)?.state.kind;
  return {
    ...{ clock, feed, events, told, watchlists, crashes, rejections, supervisor },
    ...{ added, unfilled, intakes },
    status,
    stateOf,
  };
}

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

  it('[F3] retries for ever, 1 s to 30 s apart, and says when', async () => {
    const { clock, feed, status } = await setUp();
    const delays: number[] = [];
    for (let attempt = 1; attempt <= 40; attempt++) {
      await feed.fail();
      const state = status().state;
      if (state.kind !== 'disconnected' || state.nextTryTime === null) throw new Error(state.kind);
      expect(state.reason).toBe('the line dropped');
      const delayMs = state.nextTryTime - clock.now();
      delays.push(delayMs);
      clock.advance(delayMs - 1);
      await nextTurn();
      expect(feed.runs).toBe(attempt);
      clock.advance(1);
      await nextTurn();
      expect(feed.runs).toBe(attempt + 1);
      expect(status().state).toMatchObject({ kind: 'connecting', attempt: attempt + 1 });
    }
    expect(delays.slice(0, 6)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
    expect(new Set(delays.slice(6))).toEqual(new Set([30_000]));
  });

  it('[F3] begins again at 1 s after a connection that lasted', async () => {
    const { clock, feed, status } = await setUp();
    await feed.fail();
    clock.advance(1_000);
    await nextTurn();
    await feed.fail();
    clock.advance(2_000);
    await nextTurn();
    feed.live();
    clock.advance(10_000);
    await feed.fail();
    expect(status().state).toMatchObject({ nextTryTime: clock.now() + 1_000 });
  });

  it('[F4] loses the books at a disconnect, and marks each gap when its instrument returns', async () => {
    const { clock, feed, events, status } = await setUp();
    feed.live();
    feed.trade(BTC);
    const lastTime = clock.now();
    clock.advance(4_000);
    await feed.fail();
    expect(events.slice(1)).toMatchObject([
      {
        kind: 'bookLost',
        instrumentId: BTC,
        reason: 'the line dropped',
        receivedTime: clock.now(),
      },
      { kind: 'bookLost', instrumentId: ETH },
    ]);
    clock.advance(1_000);
    await nextTurn();
    feed.live();
    expect(status().reconnects).toBe(1);
    clock.advance(250);
    events.length = 0;
    feed.trade(BTC);
    feed.trade(BTC);
    feed.trade(ETH);
    expect(events.map(({ kind }) => kind)).toEqual(['gap', 'trade', 'trade', 'trade']);
    expect(events[0]).toMatchObject({ instrumentId: BTC, fromTime: lastTime, toTime: clock.now() });
  });

  it('[F3] an instrument is stale after 10 s of silence, the feed when all are, until an event', async () => {
    const { clock, feed, status, stateOf } = await setUp();
    feed.live();
    feed.trade(BTC);
    feed.trade(ETH);
    for (let i = 0; i < 11; i++) {
      clock.advance(1_000);
      feed.trade(ETH);
    }
    const btcSince = clock.now() - 11_000;
    expect([stateOf(BTC), stateOf(ETH), status().state.kind]).toEqual(['stale', 'live', 'live']);
    expect(status().instruments[0]?.state).toEqual({ kind: 'stale', sinceTime: btcSince });
    const ethSince = clock.now();
    clock.advance(11_000);
    expect(status().state).toEqual({ kind: 'stale', sinceTime: ethSince });
    feed.trade(BTC);
    expect([stateOf(BTC), stateOf(ETH), status().state.kind]).toEqual(['live', 'stale', 'live']);
  });

  it('[F3] waits three usual gaps for an instrument that is seldom heard of', async () => {
    const { clock, feed, stateOf } = await setUp();
    feed.live();
    for (let i = 0; i < 10; i++) {
      feed.trade(BTC);
      clock.advance(20_000);
    }
    feed.trade(BTC);
    clock.advance(59_000);
    expect(stateOf(BTC)).toBe('live');
    clock.advance(3_000);
    expect(stateOf(BTC)).toBe('stale');
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

  it('[F3] reconnects at once after sleep, without disturbing what hangs on no socket', async () => {
    const { clock, feed, supervisor } = await setUp();
    clock.advance(10_000);
    supervisor.resume();
    expect(feed.runs).toBe(1);
    await feed.fail();
    supervisor.resume();
    await nextTurn();
    expect(feed.runs).toBe(2);
    // What still ticks is the look for silence.
    expect(clock.pendingTimers).toBe(1);
  });

  it('[F3] after sleep a live feed connects anew, once although it is told twice', async () => {
    const { clock, feed, events, status, supervisor } = await setUp({ spec: REMOTE });
    feed.live();
    feed.trade(BTC);
    clock.advance(10_000);
    supervisor.resume();
    expect(status().state.kind).toBe('connecting');
    expect(events.slice(1).map(({ kind }) => kind)).toEqual(['bookLost', 'bookLost']);
    await nextTurn();
    supervisor.resume();
    await nextTurn();
    expect(feed.runs).toBe(2);
    feed.live();
    feed.trade(BTC);
    expect(events.at(-2)).toMatchObject({ kind: 'gap', instrumentId: BTC });
    expect(status()).toMatchObject({ state: { kind: 'live' }, reconnects: 1 });
  });

  it('[F3] a run that does not end when it is told to is left behind', async () => {
    const { clock, feed, events, supervisor } = await setUp({ spec: REMOTE });
    feed.isStubborn = true;
    feed.live();
    clock.advance(10_000);
    const { sink } = feed;
    supervisor.resume();
    await nextTurn();
    expect(feed.runs).toBe(1);
    clock.advance(2_000);
    await nextTurn();
    expect(feed.runs).toBe(2);
    events.length = 0;
    sink?.onEvents([{ kind: 'trade', trade: feed.made(BTC, clock.now()) }]);
    expect(events).toEqual([]);
  });

  it('[F3] a connection whose instruments are all silent is made anew, ever more patiently', async () => {
    const { clock, feed, status } = await setUp({ spec: REMOTE });
    const silentFor = async (durationMs: number) => {
      const before = feed.runs;
      for (let ms = 0; ms < durationMs; ms += 1_000) {
        clock.advance(1_000);
        await nextTurn();
      }
      return feed.runs - before;
    };
    feed.live();
    expect(await silentFor(40_000)).toBe(0);
    expect(await silentFor(2_000)).toBe(1);
    feed.live();
    expect(await silentFor(70_000)).toBe(0);
    expect(await silentFor(2_000)).toBe(1);
    feed.live();
    clock.advance(70_000);
    feed.trade(BTC);
    expect(status().state.kind).toBe('live');
    // It has spoken: the next silence is taken as seriously as the first.
    expect(await silentFor(42_000)).toBe(1);
  });

  it('[F3] a seldom heard instrument does not have the connection of the others cut', async () => {
    const { clock, feed } = await setUp({ spec: REMOTE });
    feed.live();
    for (let i = 0; i < 120; i++) {
      clock.advance(1_000);
      feed.trade(ETH);
      await nextTurn();
    }
    expect(feed.runs).toBe(1);
  });

  it('[F3] does not wait for ever for a connection that does not come about', async () => {
    const { clock, feed, status } = await setUp({ spec: REMOTE });
    clock.advance(59_000);
    await nextTurn();
    expect(feed.runs).toBe(1);
    clock.advance(1_000);
    await nextTurn();
    expect([feed.runs, status().state]).toEqual([
      2,
      { kind: 'connecting', attempt: 1, nextTryTime: null },
    ]);
  });

  it('[F2] a closed market is closed: neither stale nor connected anew, and waited for afresh', async () => {
    const { clock, feed, status, stateOf } = await setUp({ spec: REMOTE });
    feed.live();
    feed.trade(BTC);
    feed.trade(ETH);
    const untilTime = (clock.now() + 3_600_000) as EpochMs;
    feed.sink?.onMarketHours(BTC, { isOpen: false, untilTime });
    clock.advance(1_000);
    feed.trade(ETH);
    clock.advance(12_000);
    expect([stateOf(BTC), stateOf(ETH), status().state.kind]).toEqual(['closed', 'stale', 'stale']);
    feed.sink?.onMarketHours(ETH, { isOpen: false, untilTime: null });
    expect(status().state).toEqual({ kind: 'closed', untilTime });
    clock.advance(3_600_000);
    await nextTurn();
    expect([status().state.kind, feed.runs]).toEqual(['closed', 1]);
    feed.sink?.onMarketHours(BTC, { isOpen: true });
    expect([stateOf(BTC), stateOf(ETH), status().state.kind]).toEqual(['live', 'closed', 'live']);
    clock.advance(9_000);
    expect(stateOf(BTC)).toBe('live');
    clock.advance(2_000);
    expect([stateOf(BTC), status().state.kind]).toEqual(['stale', 'stale']);
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

describe('a feed whose exchange cannot be reached', () => {
  const offline = fail('unavailable', 'The exchange cannot be reached.');

  it('[F3] is taken, shown as disconnected, and tried again until it can', async () => {
    const { added, clock, feed, status, supervisor, watchlists } = await setUp({
      spec: REMOTE,
      prepare: (one) => {
        one.offered = offline;
      },
    });
    expect(added).toMatchObject({
      ok: true,
      value: { state: { kind: 'disconnected', reason: 'The exchange cannot be reached.' } },
    });
    expect([supervisor.instruments(), watchlists, feed.runs]).toEqual([[], [], 0]);
    feed.offered = new ScriptedFeed(clock).offered;
    clock.advance(1_000);
    await nextTurn();
    expect(feed.runs).toBe(1);
    expect(watchlists).toEqual([[BTC, ETH]]);
    feed.live();
    expect(status()).toMatchObject({ state: { kind: 'live' }, reconnects: 0 });
    expect(status().instruments.map(({ id }) => id)).toEqual([BTC, ETH]);
  });

  it('is taken, and asked only once, where its exchange does not answer in time', async () => {
    const { clock, feed, status, supervisor } = await setUp();
    await supervisor.remove(status().id);
    let answer: (value: typeof feed.offered) => void = () => undefined;
    let asked = 0;
    feed.instruments = () => {
      asked++;
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    const adding = supervisor.add(REMOTE);
    for (let i = 0; i < 2; i++) {
      await nextTurn();
      clock.advance(8_000);
    }
    expect(await adding).toMatchObject({ ok: true, value: { state: { kind: 'connecting' } } });
    answer(feed.offered);
    await nextTurn();
    expect([asked, feed.runs, supervisor.instruments().length]).toEqual([1, 2, 2]);
  });

  it('is tried at once after sleep, and can be removed while it waits', async () => {
    const { clock, feed, status, supervisor } = await setUp({
      spec: REMOTE,
      prepare: (one) => {
        one.offered = offline;
      },
    });
    const before = feed.asked;
    supervisor.resume();
    await nextTurn();
    expect(feed.asked).toBe(before + 1);
    await supervisor.remove(status().id);
    expect(supervisor.statuses()).toEqual([]);
    expect(clock.pendingTimers).toBe(1);
  });

  it('fails, and stays in sight, where it turns out that it can never work', async () => {
    const { clock, feed, status } = await setUp({
      spec: REMOTE,
      prepare: (one) => {
        one.offered = offline;
      },
    });
    feed.offered = fail('not_found', 'There is no BTC/USDT on test.');
    clock.advance(1_000);
    await nextTurn();
    clock.advance(3_600_000);
    expect(status().state).toEqual({ kind: 'failed', reason: 'There is no BTC/USDT on test.' });
    expect(feed.runs).toBe(0);
  });

  it('is in the list at once where it is to be kept, whatever comes of it', async () => {
    const { clock, feed, supervisor } = await setUp();
    let answer: (value: typeof feed.offered) => void = () => undefined;
    feed.instruments = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const kept = supervisor.keep(REMOTE);
    expect(supervisor.statuses()).toHaveLength(2);
    answer(feed.offered);
    // The first feed carries these instruments already.
    expect(await kept).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/already/) },
    });
    expect(supervisor.statuses()[1]?.state.kind).toBe('failed');
    expect(supervisor.instruments()).toHaveLength(2);
    expect(clock.pendingTimers).toBe(1);
  });
});

describe('backfill', () => {
  /** A feed that was cut off for five seconds, and what it is asked for. */
  async function cutOff(
    answer: (feed: ScriptedFeed) => ReturnType<NonNullable<typeof feed.backfill>>,
  ) {
    const rooms = await setUp({ spec: REMOTE });
    const { clock, feed, events } = rooms;
    const asked: [InstrumentId, EpochMs, EpochMs][] = [];
    feed.backfill = (...all) => {
      asked.push(all);
      return answer(feed);
    };
    feed.live();
    const last = feed.trade(BTC);
    clock.advance(4_000);
    await feed.fail();
    clock.advance(1_000);
    await nextTurn();
    feed.live();
    events.length = 0;
    const next = feed.trade(BTC);
    const settle = async () => {
      clock.advance(2_000);
      await nextTurn();
    };
    return { ...rooms, asked, last, next, settle };
  }

  it('asks for what was missed in the time of the exchange, and passes on what did not come live', async () => {
    let missed: readonly ReturnType<ScriptedFeed['made']>[] = [];
    const { asked, events, last, next, status, settle } = await cutOff(async (feed) => {
      const before = { ...feed.made(BTC, last0()), id: '1' };
      missed = [
        feed.made(BTC, (last0() + 2_000) as EpochMs),
        feed.made(BTC, (last0() + 1_000) as EpochMs),
      ];
      const after = { ...before, id: '2', eventTime: (last0() + 4_995) as EpochMs };
      const beyond = feed.made(BTC, (last0() + 60_000) as EpochMs);
      return succeed({ trades: [before, ...missed, after, beyond], isComplete: true });
    });
    expect(asked).toEqual([]);
    await settle();
    expect(asked).toEqual([[BTC, last.eventTime - 1_000, next.eventTime + 1_000]]);
    expect(events.map(({ kind }) => kind)).toEqual(['gap', 'trade', 'backfill']);
    expect(events[2]).toMatchObject({
      ...{ instrumentId: BTC, fromTime: last.receivedTime, toTime: next.receivedTime },
      trades: missed.toReversed(),
      isComplete: true,
    });
    expect(status().lastGap).toEqual({
      ...{ fromTime: last.receivedTime, toTime: next.receivedTime },
      ...{ reason: 'the line dropped', isBackfilled: true },
    });
  });
  const last0 = () => new FakeClock().now();

  it('tries again a few times, then leaves the gap and says so; live events never wait', async () => {
    const { clock, feed, asked, events, status, settle, unfilled } = await cutOff(async () =>
      fail('unavailable', 'no answer'),
    );
    await settle();
    expect([asked.length, status().lastGap?.isBackfilled]).toEqual([1, false]);
    feed.trade(BTC);
    expect(events.map(({ kind }) => kind)).toEqual(['gap', 'trade', 'trade']);
    for (const delayMs of [1_000, 2_000, 4_000, 8_000, 16_000]) {
      clock.advance(delayMs);
      await nextTurn();
    }
    expect(asked).toHaveLength(4);
    expect(unfilled).toEqual([{ code: 'unavailable', message: 'no answer' }]);
    expect(status().lastGap?.isBackfilled).toBe(false);
  });

  it('gives up on an exchange that never answers', async () => {
    const { clock, asked, unfilled } = await cutOff(() => new Promise(() => undefined));
    for (let i = 0; i < 5; i++) {
      clock.advance(60_000);
      await nextTurn();
      clock.advance(10_000);
      await nextTurn();
    }
    expect(asked).toHaveLength(4);
    expect(unfilled).toHaveLength(1);
  });

  it('asks for one stretch at a time', async () => {
    const answers: (() => void)[] = [];
    const { feed, asked, settle } = await cutOff(
      () =>
        new Promise((resolve) => {
          answers.push(() => resolve(succeed({ trades: [], isComplete: true })));
        }),
    );
    const at = new FakeClock().now();
    const outage = { fromTime: at, toTime: (at + 500) as EpochMs, reason: 'the socket was cut' };
    feed.sink?.onEvents([{ kind: 'gap', instrumentId: ETH, ...outage }]);
    await settle();
    expect(asked.map(([id]) => id)).toEqual([BTC]);
    answers[0]?.();
    await nextTurn();
    expect(asked.map(([id]) => id)).toEqual([BTC, ETH]);
  });

  it('hears no answer that comes after the feed was removed', async () => {
    let answer: () => void = () => undefined;
    const { events, settle, status, supervisor } = await cutOff(
      (feed) =>
        new Promise((resolve) => {
          const trades = [feed.made(BTC, (new FakeClock().now() + 1_000) as EpochMs)];
          answer = () => resolve(succeed({ trades, isComplete: true }));
        }),
    );
    await settle();
    await supervisor.remove(status().id);
    events.length = 0;
    answer();
    await nextTurn();
    expect(events).toEqual([]);
  });
});

describe('the time before the first event', () => {
  /** By the fake clock, and the minute that it stands in. */
  const start = new FakeClock().now();
  const minute = (start - (start % 60_000)) as EpochMs;

  async function begin(wish: Wish & { readonly canBeAsked: boolean }) {
    const asked: [InstrumentId, EpochMs, EpochMs][] = [];
    const rooms = await setUp({
      spec: REMOTE,
      ...wish,
      prepare: (feed) => {
        if (!wish.canBeAsked) return;
        feed.backfill = async (...all) => {
          asked.push(all);
          return succeed({ trades: [], isComplete: true });
        };
      },
    });
    const { clock, feed } = rooms;
    clock.advance(20_000);
    feed.live();
    const first = feed.trade(BTC, 0);
    for (let i = 0; i < 3; i++) {
      clock.advance(2_000);
      await nextTurn();
    }
    return { ...rooms, first, asked };
  }
  const gapsOf = (events: readonly MarketEvent[]) =>
    events.flatMap((event) =>
      event.kind === 'gap' ? [[event.fromTime, event.toTime, event.reason]] : [],
    );

  it('is asked about as far as the candles do not tell of it, and is no outage', async () => {
    const { asked, events, first, status } = await begin({ canBeAsked: true });
    expect(gapsOf(events)).toEqual([[minute, first.receivedTime, 'before the first event']]);
    expect(asked).toEqual([[BTC, minute - 1_000, first.eventTime + 1_000]]);
    expect(status().lastGap).toBeNull();
  });

  it('is a gap since the last recorded trade; the minute in progress is asked about first', async () => {
    const recorded = (minute - 3_600_000) as EpochMs;
    const { asked, events, first, status } = await begin({
      canBeAsked: true,
      recordedUntil: (id) => (id === BTC ? recorded : null),
    });
    expect(gapsOf(events)).toEqual([
      [recorded, minute, 'Tapedeck was not running'],
      [minute, first.receivedTime, 'before the first event'],
    ]);
    expect(events.slice(0, 3).map(({ kind }) => kind)).toEqual(['gap', 'gap', 'trade']);
    expect(asked.map(([, fromTime]) => fromTime)).toEqual([minute - 1_000, recorded - 1_000]);
    expect(status().lastGap).toMatchObject({ fromTime: recorded, isBackfilled: true });
  });

  it('is one gap where nobody can be asked, and none where nothing was recorded', async () => {
    const recorded = (minute - 5_000) as EpochMs;
    const { events, first } = await begin({
      canBeAsked: false,
      recordedUntil: (id) => (id === BTC ? recorded : null),
    });
    expect(gapsOf(events)).toEqual([[recorded, first.receivedTime, 'Tapedeck was not running']]);
    const short = await begin({ canBeAsked: true, recordedUntil: () => (minute + 1) as EpochMs });
    expect(gapsOf(short.events)).toEqual([
      [minute + 1, short.first.receivedTime, 'Tapedeck was not running'],
    ]);
    const fresh = await begin({ canBeAsked: false });
    expect(gapsOf(fresh.events)).toEqual([]);
  });

  it('is missed once: neither at a reconnection, nor of a demo or a recording', async () => {
    const { clock, feed, events } = await begin({ canBeAsked: true });
    await feed.fail();
    clock.advance(1_000);
    await nextTurn();
    feed.live();
    feed.trade(BTC);
    expect(gapsOf(events).map(([, , reason]) => reason)).toEqual([
      'before the first event',
      'the line dropped',
    ]);
    const recordedUntil = () => (minute - 5_000) as EpochMs;
    for (const spec of ['demo', 'replay:some.gz']) {
      const other = await begin({ canBeAsked: true, recordedUntil, spec });
      expect(gapsOf(other.events)).toEqual([]);
    }
  });
});

describe('a feed that is changed', () => {
  const onlyBtc = (feed: ScriptedFeed) => {
    feed.offered = feed.offered.ok ? succeed(feed.offered.value.slice(0, 1)) : feed.offered;
  };

  /** A feed for each spec; the one of `deriv:NONE` can never work, the one of `deriv:BTC` has one. */
  async function setUpTwo() {
    const clock = new FakeClock();
    const made: ScriptedFeed[] = [];
    const watchlists: string[][] = [];
    const supervisor = new FeedSupervisor({
      clock,
      random: () => 0,
      createFeed: (spec) => {
        const feed = new ScriptedFeed(clock);
        const symbol = spec.kind === 'deriv' ? spec.symbols[0] : '';
        if (symbol === 'NONE') feed.offered = fail('unknown_instrument', 'There is no NONE.');
        if (symbol === 'BTC') onlyBtc(feed);
        made.push(feed);
        return feed;
      },
      listeners: {
        onEvents: () => undefined,
        onStatus: () => undefined,
        onInstruments: (some) => watchlists.push(some.map(({ id }) => id)),
        onCrash: () => undefined,
        onRejected: () => undefined,
        onBackfillFailed: () => undefined,
      },
    });
    const added = await supervisor.add('deriv:ALL');
    if (!added.ok) throw new Error(added.error.message);
    return { supervisor, made, watchlists, feedId: added.value.id };
  }

  it('carries from then on what the new spec says, in its place', async () => {
    const { supervisor, made, watchlists, feedId } = await setUpTwo();
    const changed = await supervisor.change(feedId, 'deriv:BTC');
    expect(changed).toMatchObject({ ok: true, value: { spec: 'deriv:BTC' } });
    expect(watchlists.at(-1)).toEqual([BTC]);
    expect(supervisor.statuses().map(({ spec }) => spec)).toEqual(['deriv:BTC']);
    expect(made.map(({ runs }) => runs)).toEqual([1, 1]);
    // What both carry was never gone.
    expect(watchlists.every((ids) => ids.includes(BTC))).toBe(true);
  });

  it('goes on undisturbed where the new spec can never work', async () => {
    const { supervisor, made, feedId } = await setUpTwo();
    expect(await supervisor.change(feedId, 'deriv:NONE')).toEqual(
      fail('unknown_instrument', 'There is no NONE.'),
    );
    expect(await supervisor.change('none', 'deriv:BTC')).toMatchObject({
      error: { code: 'unknown_feed' },
    });
    made[0]?.live();
    expect(supervisor.statuses()).toMatchObject([{ id: feedId, state: { kind: 'live' } }]);
    expect(supervisor.instruments().map(({ id }) => id)).toEqual([BTC, ETH]);
  });
});
