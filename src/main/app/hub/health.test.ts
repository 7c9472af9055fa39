import { describe, expect, it } from 'vitest';
import type { FeedStatus } from '#contract/model.ts';
import type { FeedState } from '#domain/feed.ts';
import type { EpochMs } from '#domain/units.ts';
import { assessHealth, healthReport } from './health.ts';

const STATES = {
  live: { kind: 'live' },
  ended: { kind: 'ended' },
  closed: { kind: 'closed', untilTime: null },
  connecting: { kind: 'connecting', attempt: 1, nextTryTime: null },
  reconnecting: { kind: 'connecting', attempt: 2, nextTryTime: null },
  stale: { kind: 'stale', sinceTime: 1_723_161_254_000 as EpochMs },
  disconnected: { kind: 'disconnected', reason: '/home/someone/private', nextTryTime: null },
  failed: { kind: 'failed', reason: '/home/someone/private' },
} satisfies Record<string, FeedState>;

const feed = (kind: keyof typeof STATES): FeedStatus => ({
  ...{ id: 'f1', exchange: 'replay', spec: 'replay:/home/someone/private.gz', state: STATES[kind] },
  ...{ instruments: [], lagMs: null, clockOffsetMs: null, clockUncertaintyMs: null },
  ...{ tradesPerMinute: 0, reconnects: 0, lastGap: null, rejected: 0 },
  rejectedSamples: [],
});
const reading = (...kinds: (keyof typeof STATES)[]) => ({
  ...{ isDatabaseOk: true, delayP99: 2.4 },
  feeds: kinds.map(feed),
});

describe('health', () => {
  it('is ok where all is, and counts feeds by state', () => {
    expect(assessHealth(reading('live', 'live', 'stale'))).toEqual({
      status: 'ok',
      database: 'ok',
      feeds: { connecting: 0, live: 2, stale: 1, disconnected: 0, failed: 0, ended: 0, closed: 0 },
      eventLoop: { state: 'ok', delayP99: 2 },
    });
  });

  it.each([
    [[], 'ok'],
    [['connecting'], 'ok'],
    [['ended'], 'ok'],
    [['closed'], 'ok'],
    [['closed', 'disconnected'], 'ok'],
    [['failed', 'live'], 'ok'],
    [['stale'], 'degraded'],
    [['reconnecting'], 'degraded'],
    [['reconnecting', 'connecting'], 'ok'],
    [['failed', 'disconnected', 'stale'], 'degraded'],
  ] as const)('of feeds %j it is %s', (kinds, status) => {
    expect(assessHealth(reading(...kinds)).status).toBe(status);
  });

  it('is degraded without the database', () => {
    const health = assessHealth({ ...reading('live'), isDatabaseOk: false });
    expect(health).toMatchObject({ status: 'degraded', database: 'failed' });
  });

  it.each([
    [99, 'ok', 'ok'],
    [100, 'slow', 'ok'],
    [999, 'slow', 'ok'],
    [1_000, 'blocked', 'degraded'],
  ])('with an event loop delayed by %d ms it is %s and %s', (delayP99, state, status) => {
    const health = assessHealth({ ...reading('live'), delayP99 });
    expect([health.eventLoop.state, health.status]).toEqual([state, status]);
  });

  it('tells nothing private to the public, and each feed to a user', () => {
    const told = reading('failed', 'disconnected');
    expect(JSON.stringify(assessHealth(told))).not.toMatch(/home|replay/);
    expect(healthReport(told)).toMatchObject({ status: 'degraded', feeds: told.feeds });
  });
});
