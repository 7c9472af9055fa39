import { describe, expect, it } from 'vitest';
import { succeed } from '#contract/errors.ts';
import type { EpochMs } from '#domain/units.ts';
import { Playhead } from './playhead.ts';
import { Waypoints } from './waypoints.ts';

const at = (time: number) => time as EpochMs;

/** One trade a millisecond, and a waypoint wherever one is due. */
function played(trades: number, limits: ConstructorParameters<typeof Waypoints>[0], bytes = 1) {
  const waypoints = new Waypoints<null>(limits);
  for (let count = 1; count <= trades; count += 1) {
    if (!waypoints.isDue(count)) continue;
    const stage = { bytes, restore: () => succeed(null) };
    waypoints.keep({ place: new Playhead(at(count)), tradesPlayed: count, stage });
  }
  return waypoints;
}

describe('waypoints', () => {
  const FEW = { finestTrades: 10, mostWaypoints: 8, mostBytes: 1_000 };

  it('[T4] lie no further from any place than their spacing, while they are few', () => {
    const waypoints = played(75, FEW);
    expect(waypoints).toMatchObject({ count: 7, spacing: 10 });
    expect([9, 10, 39, 75].map((time) => waypoints.lastBy(at(time))?.tradesPlayed)).toEqual([
      undefined,
      10,
      30,
      70,
    ]);
  });

  it('[T4] are bounded however long a deck is, and spread over all of it', () => {
    for (const trades of [90, 1_000, 12_345]) {
      const waypoints = played(trades, FEW);
      expect(waypoints.count).toBeLessThanOrEqual(8);
      expect(trades / waypoints.spacing).toBeLessThan(10);
      for (let time = waypoints.spacing; time <= trades; time += 7) {
        const last = waypoints.lastBy(at(time))?.tradesPlayed ?? 0;
        expect(last).toBeLessThanOrEqual(time);
        expect(time - last).toBeLessThan(waypoints.spacing);
      }
    }
  });

  it('are bounded in bytes as well', () => {
    expect(played(1_000, { ...FEW, mostWaypoints: 1_000 }, 300).count).toBeLessThanOrEqual(3);
  });

  it('are kept once, and all anew after they were let go', () => {
    const waypoints = played(200, FEW);
    expect(waypoints.isDue(2 * waypoints.spacing)).toBe(false);
    waypoints.clear();
    expect(waypoints.lastBy(at(200))).toBeNull();
    expect(waypoints.isDue(10)).toBe(true);
  });
});
