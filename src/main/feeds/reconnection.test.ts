import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { REMOTE, setUp } from '#tests/fakes/supervised-feed.ts';
import { BTC, ETH } from './scripted-feed.fixture.ts';

describe('the connection of a feed', () => {
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

  it('[F3] a connection that fell silent counts as an attempt', async () => {
    const { clock, feed, status } = await setUp({ spec: REMOTE });
    feed.live();
    feed.trade(BTC);
    for (let ms = 0; ms < 300_000 && status().state.kind !== 'connecting'; ms += 1_000) {
      clock.advance(1_000);
      await nextTurn();
    }
    expect(status().state).toMatchObject({ kind: 'connecting', attempt: 2 });
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
      { kind: 'connecting', attempt: 2, nextTryTime: null },
    ]);
  });
});
