import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fail } from '#contract/errors.ts';
import { REMOTE, setUp } from '#tests/fakes/supervised-feed.ts';
import { BTC, ETH, ScriptedFeed } from './scripted-feed.fixture.ts';

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
