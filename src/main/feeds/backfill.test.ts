import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fail, succeed } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { REMOTE, setUp, type Wish } from '#tests/fakes/supervised-feed.ts';
import { BTC, ETH, type ScriptedFeed } from './scripted-feed.fixture.ts';

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
