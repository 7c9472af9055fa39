import { describe, expect, it } from 'vitest';
import type { FeedStatus } from '#contract/model.ts';
import type { FeedState } from '#domain/feed.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { MarketMode } from '../../stores/market-store.ts';
import { feedHealth } from './feed-health.ts';

const BTC = 'demo:BTC/USDT' as InstrumentId;
const NOW = 1_700_000_000_000;

const carrier = (state: FeedState, mode: MarketMode = 'live', feedState: FeedState = state) => ({
  instrument: { ...{ feedId: 'f', mode, state }, lastEventTime: null, lagMs: null },
  feed: {
    ...{ id: 'f', spec: 'ccxt:kraken:BTC/USD', state: feedState, lagMs: 38, clockOffsetMs: 1 },
    ...{ tradesPerMinute: 1_204, reconnects: 0, rejected: 0, lastGap: null },
  } as unknown as FeedStatus,
});

describe('feedHealth', () => {
  it('says live, demo or replay while prices come, with the feed’s own line', () => {
    const live = feedHealth(BTC, carrier({ kind: 'live' }), NOW);
    expect(live).toMatchObject({ label: 'live', tone: 'up' });
    expect(live.title).toBe('ccxt:kraken:BTC/USD: live, 38 ms behind, 1,204 trades/min');
    expect(feedHealth(BTC, carrier({ kind: 'live' }, 'demo'), NOW).label).toBe('demo');
    expect(feedHealth(BTC, carrier({ kind: 'live' }, 'replay'), NOW).label).toBe('replay');
  });

  it('says of an instrument that is silent alone that it is stale, in word and line', () => {
    const stale: FeedState = { kind: 'stale', sinceTime: (NOW - 60_000) as EpochMs };
    const health = feedHealth(BTC, carrier(stale, 'live', { kind: 'live' }), NOW);
    expect(health).toMatchObject({ label: 'stale', tone: 'warning' });
    expect(health.title).toContain('stale, nothing since');
  });

  it('says what is wrong with a feed that is down', () => {
    const failed = carrier({ kind: 'failed', reason: 'no such market' });
    const health = feedHealth(BTC, failed, NOW);
    expect(health).toMatchObject({ label: 'failed', tone: 'down' });
    expect(health.title).toContain('failed: no such market');
  });

  it('warns of an instrument that nobody carries, but for a deck’s, which is played', () => {
    expect(feedHealth(BTC, null, NOW)).toMatchObject({ label: 'no feed', tone: 'warning' });
    expect(feedHealth('d1_demo:BTC/USDT' as InstrumentId, null, NOW).label).toBe('replay');
  });
});
