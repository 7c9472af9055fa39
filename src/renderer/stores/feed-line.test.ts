import { describe, expect, it } from 'vitest';
import type { FeedStatus } from '#contract/model.ts';
import type { EpochMs } from '#domain/units.ts';
import { clockText, feedLine } from './feed-line.ts';

/** Local, as the screen shows it. */
const at = (hours: number, minutes: number, seconds: number, day = 9) =>
  new Date(2024, 7, day, hours, minutes, seconds).getTime() as EpochMs;
const NOW = at(14, 10, 0);

const FEED: FeedStatus = {
  ...{ id: 'binance-1', exchange: 'binance', spec: 'ccxt:binance:BTC/USDT' },
  ...{ state: { kind: 'live' }, instruments: [] },
  ...{ lagMs: 38.4, clockOffsetMs: 1_270, clockUncertaintyMs: 12 },
  ...{ tradesPerMinute: 1_204, reconnects: 0, lastGap: null, rejected: 0, rejectedSamples: [] },
};
const GAP = {
  ...{ fromTime: at(14, 3, 7), toTime: (at(14, 3, 7) + 4_100) as EpochMs },
  ...{ reason: 'reset', isBackfilled: false },
};
const line = (changes: Partial<FeedStatus>) => feedLine({ ...FEED, ...changes }, NOW);

describe('the line of truth', () => {
  it('says all that there is to say', () => {
    expect(line({ reconnects: 2, lastGap: GAP, rejected: 3 })).toBe(
      'live, 38 ms behind, 1,204 trades/min, reconnected 2×, last gap 14:03:07 for 4.1 s, 3 rejected',
    );
  });

  it('leaves out what never happened', () => {
    expect(line({})).toBe('live, 38 ms behind, 1,204 trades/min');
  });

  it('calls a lag that is a lower bound so, and is silent of one that is not known', () => {
    expect(line({ clockOffsetMs: null, clockUncertaintyMs: null })).toBe(
      'live, at least 38 ms behind, 1,204 trades/min',
    );
    expect(line({ lagMs: null })).toBe('live, 1,204 trades/min');
  });

  it.each([
    [{ kind: 'connecting', attempt: 1, nextTryTime: null }, 'connecting'],
    [{ kind: 'connecting', attempt: 4, nextTryTime: null }, 'connecting, try 4'],
    [{ kind: 'stale', sinceTime: at(14, 3, 0) }, 'stale, nothing since 14:03:00, 1,204 trades/min'],
    [
      { kind: 'disconnected', reason: 'The line dropped.', nextTryTime: at(14, 10, 5) },
      'disconnected: The line dropped, next try 14:10:05',
    ],
    [{ kind: 'failed', reason: 'There is no file x.' }, 'failed: There is no file x'],
    [{ kind: 'ended' }, 'ended, all is played'],
    [{ kind: 'closed', untilTime: null }, 'market closed'],
    [{ kind: 'closed', untilTime: at(23, 0, 0, 11) }, 'market closed until 08-11 23:00:00'],
  ] as const)('never shows %o as live', (state, text) => {
    expect(line({ state })).toBe(text);
  });

  it.each([
    [812, '812 ms'],
    [59_000, '59.0 s'],
    [125_400, '2 min 5 s'],
    [11_520_000, '3 h 12 min'],
  ])('tells a gap of %d ms as %s, and that it was filled', (durationMs, text) => {
    const toTime = (GAP.fromTime + durationMs) as EpochMs;
    const state = { kind: 'ended' } as const;
    expect(line({ state, lastGap: { ...GAP, toTime, isBackfilled: true } })).toBe(
      `ended, all is played, last gap 14:03:07 for ${text} (filled since)`,
    );
  });

  it('says how well the clock is known', () => {
    expect(clockText(FEED)).toBe(
      'The exchange’s clock is 1.3 s ahead of ours, give or take 12 ms.',
    );
    expect(clockText({ ...FEED, clockOffsetMs: -40 })).toMatch(/40 ms behind ours/);
    expect(clockText({ ...FEED, clockOffsetMs: null })).toMatch(/or more/);
  });
});
