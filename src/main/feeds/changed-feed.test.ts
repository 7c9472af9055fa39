import { describe, expect, it } from 'vitest';
import { fail, succeed } from '#contract/errors.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { BTC, ETH, ScriptedFeed } from './scripted-feed.fixture.ts';
import { FeedSupervisor } from './supervisor.ts';

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
