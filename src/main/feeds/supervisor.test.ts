import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Failure, fail, type Result, succeed } from '#contract/errors.ts';
import { type FeedStatus, feedStatusSchema } from '#contract/model.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import type { Feed, FeedEnd, FeedSink, Rejection } from './feed.ts';
import { FeedSupervisor } from './supervisor.ts';

const BTC = 'test:BTC/USDT' as InstrumentId;
const ETH = 'test:ETH/USDT' as InstrumentId;

const instrument = (id: InstrumentId): Instrument => ({
  ...{ id, exchange: 'test', symbol: id.slice(5), base: id.slice(5, 8), quote: 'USDT' },
  ...{ priceIncrement: 0.1, sizeIncrement: 0.1 },
});

/** A feed that does what the test says. */
class ScriptedFeed implements Feed {
  readonly exchange = 'test';
  offered: Result<readonly Instrument[]> = succeed([instrument(BTC), instrument(ETH)]);
  runs = 0;
  sink: FeedSink | null = null;
  #end: (end: FeedEnd) => void = () => undefined;
  #crash: (error: unknown) => void = () => undefined;
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  async instruments() {
    return this.offered;
  }

  run(sink: FeedSink, signal: AbortSignal): Promise<FeedEnd> {
    this.runs++;
    this.sink = sink;
    return new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#crash = reject;
      signal.addEventListener('abort', () => resolve({ kind: 'aborted' }));
    });
  }

  live(): void {
    this.sink?.onState({ kind: 'live' });
  }

  trade(id: InstrumentId, lagMs = 5): void {
    const now = this.#clock.now();
    const trade = {
      ...{ instrumentId: id, id: '1', price: 1 as Price, size: 1 as Size },
      ...{ aggressorSide: 'buy' as const, eventTime: (now - lagMs) as EpochMs, receivedTime: now },
    };
    this.sink?.onEvents([{ kind: 'trade', trade }]);
  }

  async end(end: FeedEnd): Promise<void> {
    this.#end(end);
    await nextTurn();
  }

  async fail(message = 'the line dropped', isFinal = false): Promise<void> {
    const failure: Failure = { code: 'unavailable', message };
    await this.end({ kind: 'failed', failure, isFinal });
  }

  async crash(error: unknown): Promise<void> {
    this.#crash(error);
    await nextTurn();
  }
}

async function setUp(beforeStart: () => Promise<void> = async () => undefined) {
  const clock = new FakeClock();
  const feed = new ScriptedFeed(clock);
  const events: MarketEvent[] = [];
  const told: (readonly FeedStatus[])[] = [];
  const watchlists: string[][] = [];
  const crashes: unknown[] = [];
  const rejections: [string, Rejection][] = [];
  const supervisor = new FeedSupervisor({
    clock,
    random: () => 0,
    createFeed: () => feed,
    beforeStart,
    listeners: {
      onEvents: (some) => events.push(...some),
      onStatus: (statuses) => told.push(statuses),
      onInstruments: (some) => watchlists.push(some.map(({ id }) => id)),
      onCrash: (_, error) => crashes.push(error),
      onRejected: (feedId, rejection) => rejections.push([feedId, rejection]),
    },
  });
  const added = await supervisor.add('demo');
  const status = () => supervisor.statuses()[0] as FeedStatus;
  const stateOf = (id: InstrumentId) =>
    status().instruments.find((one) => one.id === id)?.state.kind;
  return {
    ...{ clock, feed, events, told, watchlists, crashes, rejections, supervisor },
    added,
    status,
    stateOf,
  };
}

describe('FeedSupervisor', () => {
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
      ...{ exchange: 'test', state: { kind: 'live' }, lagMs: -1_268 },
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
    const rooms = await setUp(async () => {
      runsBefore.push(runs());
    });
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
    const { feed, crashes } = await setUp(() => Promise.reject(problem));
    expect(crashes).toEqual([problem]);
    expect(feed.runs).toBe(1);
  });

  it('[F3] reconnects at once after sleep, without disturbing what is live', async () => {
    const { clock, feed, supervisor } = await setUp();
    supervisor.resume();
    expect(feed.runs).toBe(1);
    await feed.fail();
    supervisor.resume();
    await nextTurn();
    expect(feed.runs).toBe(2);
    // What still ticks is the look for silence.
    expect(clock.pendingTimers).toBe(1);
  });
});
