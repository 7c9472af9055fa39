import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { FeedStatus } from '#contract/model.ts';
import { type Ledger, openLedger } from '#main/storage/ledger.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { type TemporaryDirectory, temporaryDirectory } from '#tests/support/serve-process.ts';
import { addFeed, changeFeed, removeFeed, startFeeds } from './kept-feeds.ts';

let directory: TemporaryDirectory;
let ledger: Ledger;

function open(): void {
  const opened = openLedger(`${directory.path}/ledger.db`, { onDamage: () => undefined });
  if (!opened.ok) throw new Error(opened.error.message);
  ledger = opened.value;
}
beforeEach(() => {
  directory = temporaryDirectory();
  open();
});
afterEach(() => {
  ledger.close();
  directory.remove();
});

/** Feeds that do nothing but be there; one whose spec is of `slow` never answers. */
function start(refused: readonly string[] = []) {
  const clock = new FakeClock();
  const running: FeedStatus[] = [];
  const begin = async (spec: string): Promise<Result<FeedStatus>> => {
    if (refused.includes(spec)) return fail('not_found', `There is no ${spec}.`);
    const status: FeedStatus = {
      ...{ id: `feed-${spec}`, exchange: 'test', spec, state: { kind: 'live' }, instruments: [] },
      ...{ lagMs: null, clockOffsetMs: null, clockUncertaintyMs: null, lastGap: null },
      ...{ tradesPerMinute: 0, reconnects: 0, rejected: 0, rejectedSamples: [] },
    };
    running.push(status);
    return spec === 'slow' ? new Promise(() => undefined) : succeed(status);
  };
  const feeds = {
    add: begin,
    keep: begin,
    remove: async (feedId: string): Promise<Result<null>> => {
      const index = running.findIndex(({ id }) => id === feedId);
      if (index < 0) return fail('unknown_feed', `There is no feed ${feedId}.`);
      running.splice(index, 1);
      return succeed(null);
    },
    change: async (feedId: string, spec: string): Promise<Result<FeedStatus>> => {
      const begun = await begin(spec);
      if (begun.ok)
        running.splice(
          running.findIndex(({ id }) => id === feedId),
          1,
        );
      return begun;
    },
    statuses: () => running,
  };
  const rooms = { feeds, stored: ledger.feeds, clock, now: () => clock.now() };
  return { rooms, clock, specs: () => running.map(({ spec }) => spec) };
}

describe('feeds that stay', () => {
  it('begin with the demo, which is one of them from then on', async () => {
    const first = start();
    expect(await startFeeds(first.rooms, [])).toEqual(succeed(['demo']));
    await addFeed(first.rooms, 'ccxt:kraken:BTC/USD');
    const second = start();
    await startFeeds(second.rooms, []);
    expect(second.specs()).toEqual(['demo', 'ccxt:kraken:BTC/USD']);
  });

  it('are there after a restart until they are removed; with none left the demo comes back', async () => {
    const first = start();
    await startFeeds(first.rooms, []);
    await addFeed(first.rooms, 'deriv:R_100');
    await removeFeed(first.rooms, 'feed-demo');
    ledger.close();
    open();
    const second = start();
    await startFeeds(second.rooms, []);
    expect(second.specs()).toEqual(['deriv:R_100']);
    await removeFeed(second.rooms, 'feed-deriv:R_100');
    expect(await removeFeed(second.rooms, 'none')).toMatchObject({
      error: { code: 'unknown_feed' },
    });
    const third = start();
    await startFeeds(third.rooms, []);
    expect(third.specs()).toEqual(['demo']);
  });

  it('are kept as they were changed last', async () => {
    const { rooms } = start(['nonsense']);
    await addFeed(rooms, 'deriv:R_100,R_50');
    await changeFeed(rooms, 'feed-deriv:R_100,R_50', 'deriv:R_100');
    expect(ledger.feeds.list()).toEqual(['deriv:R_100']);
    expect(await changeFeed(rooms, 'feed-deriv:R_100', 'nonsense')).toMatchObject({ ok: false });
    expect(ledger.feeds.list()).toEqual(['deriv:R_100']);
  });

  it('stand back in a run that is asked for others, which are not kept', async () => {
    ledger.feeds.add('deriv:R_100', new FakeClock().now());
    const asked = start();
    expect(await startFeeds(asked.rooms, ['replay:a.gz'])).toEqual(succeed(['replay:a.gz']));
    expect(asked.specs()).toEqual(['replay:a.gz']);
    expect(ledger.feeds.list()).toEqual(['deriv:R_100']);
  });

  it('are not kept when they are refused', async () => {
    const { rooms } = start(['nonsense']);
    expect(await addFeed(rooms, 'nonsense')).toMatchObject({ ok: false });
    expect(ledger.feeds.list()).toEqual([]);
  });

  it('do not fail a start where they no longer work; what was asked for does', async () => {
    ledger.feeds.add('replay:gone.gz', new FakeClock().now());
    ledger.feeds.add('demo', new FakeClock().now());
    const kept = start(['replay:gone.gz']);
    expect((await startFeeds(kept.rooms, [])).ok).toBe(true);
    expect(kept.specs()).toEqual(['demo']);
    const asked = start(['replay:gone.gz']);
    expect(await startFeeds(asked.rooms, ['replay:gone.gz'])).toEqual(
      fail('not_found', 'There is no replay:gone.gz.'),
    );
  });

  it('that need no exchange are waited for, so that the first bot finds its instrument', async () => {
    const { rooms, clock } = start();
    let begin: () => void = () => undefined;
    const keep = () =>
      new Promise<Result<FeedStatus>>((resolve) => {
        begin = () => resolve(fail('unavailable', 'none'));
      });
    const started = startFeeds({ ...rooms, feeds: { ...rooms.feeds, keep } }, []);
    let hasStarted = false;
    void started.then(() => {
      hasStarted = true;
    });
    clock.advance(60_000);
    await nextTurn();
    expect(hasStarted).toBe(false);
    begin();
    expect(await started).toEqual(succeed(['demo']));
  });

  it('do not hold up a start when their exchange is slow to answer', async () => {
    const { rooms, clock } = start();
    const started = startFeeds(rooms, ['slow', 'demo']);
    await nextTurn();
    clock.advance(3_000);
    expect(await started).toEqual(succeed(['slow', 'demo']));
    expect(clock.pendingTimers).toBe(0);
  });
});
