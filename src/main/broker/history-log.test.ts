import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import { sampleTrade } from '#tests/fakes/publications.ts';
import type { Publication } from './delivery.ts';
import { type HistoryLimits, HistoryLog } from './history-log.ts';

const LIMITS: HistoryLimits = { atLeast: 50, atMost: 200, maxAgeMs: 1_000, startWith: 10 };

const publication = (offset: number, timestamp: number): Publication => ({
  ...{ offset, timestamp: timestamp as EpochMs, data: sampleTrade(offset) },
});

/** Publications at these distances in time, from `firstOffset` on. */
function fill(log: HistoryLog, spacings: readonly number[], firstOffset = 1): Publication[] {
  let now = 0;
  return spacings.map((spacing, index) => {
    now += spacing;
    const published = publication(firstOffset + index, now);
    log.append(published);
    return published;
  });
}

describe('HistoryLog', () => {
  it('[B4] gives all that was missed or says that it cannot, after whatever was published', () => {
    const spacings = fc.array(fc.constantFrom(0, 1, 5, 40, 2_000), { maxLength: 600 });
    fc.assert(
      fc.property(spacings, fc.nat(700), fc.integer({ min: 1, max: 9 }), (each, offset, first) => {
        const log = new HistoryLog(LIMITS);
        const all = fill(log, each, first);
        const now = all.at(-1)?.timestamp ?? 0;
        const since = log.since(offset);
        const missed = all.filter((one) => one.offset > offset);
        if (since) expect(since).toEqual(missed);
        const mustBeKnown =
          all.length > 0 &&
          offset >= first - 1 &&
          (missed.length <= LIMITS.atLeast ||
            (missed.length <= LIMITS.atMost &&
              missed.every(({ timestamp }) => now - timestamp <= LIMITS.maxAgeMs)));
        if (mustBeKnown) expect(since).toBeDefined();
        if (missed.length > LIMITS.atMost) expect(since).toBeUndefined();
        expect(log.length).toBeLessThanOrEqual(LIMITS.atMost);
        expect(log.start()).toEqual(all.slice(-LIMITS.startWith));
      }),
    );
  });

  it('forgets what is too old, but for the least that is kept', () => {
    const log = new HistoryLog(LIMITS);
    fill(
      log,
      Array.from({ length: 150 }, () => 1),
    );
    log.append(publication(151, 10_000));
    expect(log.length).toBe(LIMITS.atLeast);
    expect([log.since(100), log.since(101)].map((known) => known?.length)).toEqual([undefined, 50]);
  });

  it('knows nothing before its first publication', () => {
    expect(new HistoryLog(LIMITS).since(0)).toBeUndefined();
    expect(new HistoryLog(LIMITS).start()).toEqual([]);
  });
});
