import { describe, expect, it } from 'vitest';
import type { FeedStatus } from '#contract/model.ts';
import type { FeedState } from '#domain/feed.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { summariseFeeds } from './feeds-summary.ts';
import { feedLiveness, livenessOf } from './liveness.ts';
import { instrumentFeedsOf, modeOf } from './market-store.ts';
import { SPARKLINE_MINUTES, SparklineSeries } from './sparkline-series.ts';

const LIVE: FeedState = { kind: 'live' };
const CLOSED: FeedState = { kind: 'closed', untilTime: null };
const STALE: FeedState = { kind: 'stale', sinceTime: 1_000 as EpochMs };

const feed = (
  exchange: string,
  state: FeedState,
  instruments: Record<string, FeedState>,
): FeedStatus => ({
  id: exchange,
  exchange,
  spec: exchange,
  state,
  instruments: Object.entries(instruments).map(([id, own]) => ({
    id: id as InstrumentId,
    state: own,
    lastEventTime: null,
  })),
  ...{ lagMs: 12, clockOffsetMs: 0, clockUncertaintyMs: 0, lastGap: null },
  tradesPerMinute: 0,
  reconnects: 0,
  rejected: 0,
  rejectedSamples: [],
});

describe('the state of an instrument’s feed', () => {
  it('is the instrument’s own while the feed stands, and the feed’s when it does not', () => {
    const down: FeedState = { kind: 'disconnected', reason: 'reset', nextTryTime: null };
    const found = instrumentFeedsOf([
      feed('demo', LIVE, { 'demo:A': LIVE, 'demo:B': STALE }),
      feed('kraken', down, { 'kraken:A': LIVE }),
    ]);
    expect(Object.values(found).map(({ state }) => state.kind)).toEqual([
      'live',
      'stale',
      'disconnected',
    ]);
  });

  it('tells demo, replay and live apart', () => {
    expect(modeOf({ exchange: 'demo', spec: 'demo' })).toBe('demo');
    expect(modeOf({ exchange: 'binance', spec: 'replay:file.gz@10' })).toBe('replay');
    expect(modeOf({ exchange: 'binance', spec: 'ccxt:binance:BTC/USDT' })).toBe('live');
  });

  it('is never shown as live without a connection', () => {
    const feed = { state: LIVE, lastEventTime: null };
    const connected = { connection: { kind: 'connected' }, silentSince: null } as const;
    expect(livenessOf(connected, feed)).toBeNull();
    const lost = { kind: 'lost', reason: '', attempt: 1, nextTryTime: 0 as EpochMs } as const;
    expect(livenessOf({ connection: lost, silentSince: null }, feed)?.kind).toBe('offline');
    // The connection stands, and nothing comes over it.
    const silent = { ...connected, silentSince: Date.UTC(2026, 0, 1, 12, 3, 4) as EpochMs };
    expect(livenessOf(silent, feed)).toMatchObject({
      kind: 'offline',
      detail: expect.stringContaining('has not answered since'),
    });
  });

  it('names every state but live', () => {
    expect(feedLiveness(STALE, null)?.label).toBe('STALE');
    expect(feedLiveness({ kind: 'ended' }, null)?.label).toBe('ENDED');
    expect(feedLiveness({ kind: 'failed', reason: 'no file' }, null)?.detail).toBe('no file');
    expect(feedLiveness(LIVE, null)).toBeNull();
  });
});

describe('summariseFeeds', () => {
  it('is live only where every instrument is', () => {
    expect(summariseFeeds([feed('demo', LIVE, { 'demo:A': LIVE })])).toEqual({
      text: 'live',
      tone: 'live',
      lagMs: 12,
    });
    expect(summariseFeeds([feed('demo', LIVE, { 'demo:A': LIVE, 'demo:B': STALE })])).toMatchObject(
      {
        text: '1 of 2 stale',
        tone: 'troubled',
      },
    );
    expect(summariseFeeds([])).toEqual({ text: 'none', tone: 'troubled', lagMs: null });
  });

  it('does not take a closed market for trouble, nor for a live one', () => {
    const half = feed('deriv', LIVE, { 'deriv:A': LIVE, 'deriv:B': CLOSED });
    expect(summariseFeeds([half])).toMatchObject({ text: 'live', tone: 'live' });
    const weekend = feed('deriv', CLOSED, { 'deriv:A': CLOSED, 'deriv:B': CLOSED });
    expect(summariseFeeds([weekend])).toMatchObject({ text: 'closed', tone: 'idle', lagMs: null });
  });

  it('counts a feed whose exchange was never reached, although nothing is known of it', () => {
    const down: FeedState = { kind: 'disconnected', reason: 'offline', nextTryTime: null };
    expect(
      summariseFeeds([feed('demo', LIVE, { 'demo:A': LIVE }), feed('kraken', down, {})]),
    ).toMatchObject({ text: '1 of 2 disconnected', tone: 'troubled' });
  });

  it('shows no lag of a recording', () => {
    expect(summariseFeeds([feed('replay', LIVE, { 'binance:A': LIVE })]).lagMs).toBeNull();
  });
});

describe('SparklineSeries', () => {
  const at = (minute: number, second = 0) => (minute * 60_000 + second * 1_000) as EpochMs;
  const price = (value: number) => value as Price;

  it('keeps the last close of each minute, candles never overwriting the ticker', () => {
    const series = new SparklineSeries();
    series.add(at(2, 5), price(20));
    series.add(at(2, 50), price(21));
    series.backfill(at(1), price(10));
    series.backfill(at(2), price(99));
    expect(series.points()).toEqual([10, 21]);
  });

  it('keeps its array while less than a second has passed within a minute', () => {
    const series = new SparklineSeries();
    series.add(at(1, 0), price(1));
    const before = series.points();
    series.add((at(1, 0) + 400) as EpochMs, price(2));
    expect(series.points()).toBe(before);
    series.add(at(1, 1), price(3));
    expect(series.points()).toEqual([3]);
  });

  it('forgets what is older than its window', () => {
    const series = new SparklineSeries();
    for (let minute = 0; minute < SPARKLINE_MINUTES + 5; minute += 1) {
      series.add(at(minute), price(minute));
    }
    expect(series.points()).toHaveLength(SPARKLINE_MINUTES);
    expect(series.points()[0]).toBe(5);
  });
});
