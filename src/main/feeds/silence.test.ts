import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import { REMOTE, setUp } from '#tests/fakes/supervised-feed.ts';
import { BTC, ETH } from './scripted-feed.fixture.ts';

describe('an instrument that is not heard of', () => {
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

  it('[F3] is stale as soon as ever where our clock was set back by an hour meanwhile', async () => {
    const { clock, feed, stateOf } = await setUp({ spec: REMOTE });
    feed.live();
    feed.trade(BTC);
    clock.advance(5_000);
    clock.jump(-3_600_000);
    clock.advance(12_000);
    expect(stateOf(BTC)).toBe('stale');
    clock.jump(-3_600_000);
    clock.advance(1_000);
    expect(stateOf(BTC)).toBe('stale');
    clock.advance(30_000);
    await nextTurn();
    expect(feed.runs).toBe(2);
  });

  it('[F3] has its connection made anew that does not come about, whatever the clock is set to', async () => {
    const { clock, feed, status } = await setUp({ spec: REMOTE });
    clock.advance(30_000);
    clock.jump(-3_600_000);
    clock.advance(61_000);
    await nextTurn();
    expect([status().state.kind, feed.runs]).toEqual(['connecting', 2]);
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
});
