import { describe, expect, it } from 'vitest';
import { succeed } from '#contract/errors.ts';
import type { EpochMs } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { Playhead } from './playhead.ts';
import { Waypoints } from './waypoints.ts';

const at = (time: number) => time as EpochMs;

/** One trade a millisecond, of the market's time and of the machine's, and a waypoint wherever one is due. */
function played(trades: number, limits: ConstructorParameters<typeof Waypoints>[0], bytes = 1) {
  const waypoints = new Waypoints<null>(limits);
  const clock = new FakeClock();
  for (let count = 1; count <= trades; count += 1) {
    clock.advance(1);
    if (!waypoints.isDue(count, clock)) continue;
    const stage = { bytes, restore: () => succeed(null) };
    waypoints.keep({ place: new Playhead(at(count)), tradesPlayed: count, stage }, clock);
  }
  return waypoints;
}

describe('waypoints', () => {
  const FEW = { finestTrades: 10, finestMs: 0, mostWaypoints: 8, mostBytes: 1_000 };

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

  it('[T4] lie further apart where more trades are played in the same time', () => {
    const waypoints = played(200, { ...FEW, finestMs: 35, mostWaypoints: 100 });
    expect(waypoints.count).toBe(5);
    expect(waypoints.lastBy(at(89))?.tradesPlayed).toBe(50);
    expect(waypoints.lastBy(at(90))?.tradesPlayed).toBe(90);
  });

  it('are bounded in bytes as well', () => {
    expect(played(1_000, { ...FEW, mostWaypoints: 1_000 }, 300).count).toBeLessThanOrEqual(3);
  });

  it('are kept once, and all anew after they were let go', () => {
    const waypoints = played(200, FEW);
    const clock = new FakeClock();
    expect(waypoints.isDue(2 * waypoints.spacing, clock)).toBe(false);
    waypoints.clear();
    expect(waypoints.lastBy(at(200))).toBeNull();
    expect(waypoints.isDue(10, clock)).toBe(true);
  });
});
