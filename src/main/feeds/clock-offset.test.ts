import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import { ClockOffsetEstimator } from './clock-offset.ts';

const NOW = 1_723_161_254_000;
const DAY_MS = 86_400_000;

/** A question that took `outMs` there and `backMs` home, to a clock that is `offsetMs` ahead. */
function sample(offsetMs: number, outMs: number, backMs: number, sentTime = NOW) {
  return {
    sentTime: sentTime as EpochMs,
    exchangeTime: (sentTime + outMs + offsetMs) as EpochMs,
    receivedTime: (sentTime + outMs + backMs) as EpochMs,
  };
}

describe('ClockOffsetEstimator', () => {
  it('knows nothing without a sample, nor from one whose answer came before its question', () => {
    const clock = new ClockOffsetEstimator();
    expect(clock.estimate(NOW)).toBeNull();
    clock.add(sample(5, -10, -10));
    expect(clock.estimate(NOW)).toBeNull();
  });

  it('takes the middle of the trip, and half of the trip as its uncertainty', () => {
    const clock = new ClockOffsetEstimator();
    clock.add(sample(1_268, 20, 20));
    expect(clock.estimate(NOW + 40)).toEqual({ offsetMs: 1_268, uncertaintyMs: 20 });
  });

  it('believes the sample with the shortest trip, wherever it came among the last eight', () => {
    const clock = new ClockOffsetEstimator();
    clock.add(sample(100, 150, 10, NOW));
    clock.add(sample(100, 4, 5, NOW + 1_000));
    clock.add(sample(100, 10, 300, NOW + 2_000));
    expect(clock.estimate(NOW + 2_310)?.offsetMs).toBeCloseTo(99.5, 9);
    for (let i = 3; i < 11; i++) clock.add(sample(100, 150, 10, NOW + i * 1_000));
    expect(clock.estimate(NOW + 11_000)?.offsetMs).toBeCloseTo(170, 9);
  });

  it('trusts a sample less the older it is, since clocks drift', () => {
    const clock = new ClockOffsetEstimator();
    clock.add(sample(50, 10, 10, NOW));
    const later = clock.estimate(NOW + DAY_MS);
    expect(later?.uncertaintyMs).toBeCloseTo(10 + 1_296, 0);
    clock.add(sample(1_100, 400, 400, NOW + DAY_MS));
    expect(clock.estimate(NOW + DAY_MS + 800)).toEqual({ offsetMs: 1_100, uncertaintyMs: 400 });
  });

  it('forgets what a clock that was set has made untrue', () => {
    const clock = new ClockOffsetEstimator();
    clock.add(sample(0, 5, 5, NOW));
    clock.add(sample(3_600_000, 50, 50, NOW + 1_000));
    expect(clock.estimate(NOW + 1_100)).toEqual({ offsetMs: 3_600_000, uncertaintyMs: 50 });
  });

  it('allows for a clock that tells whole seconds only', () => {
    const clock = new ClockOffsetEstimator();
    for (let i = 0; i < 4; i++) {
      const sentTime = NOW + i * 1_300;
      clock.add({
        sentTime: sentTime as EpochMs,
        exchangeTime: (Math.floor((sentTime + 10 + 200) / 1_000) * 1_000) as EpochMs,
        receivedTime: (sentTime + 20) as EpochMs,
      });
    }
    const { offsetMs = 0, uncertaintyMs = 0 } = clock.estimate(NOW + 4_000) ?? {};
    expect(uncertaintyMs).toBeGreaterThanOrEqual(510);
    expect(Math.abs(offsetMs - 200)).toBeLessThanOrEqual(uncertaintyMs);
  });

  it('holds the true offset within its uncertainty, whatever the trips', () => {
    const trip = fc.tuple(fc.nat(2_000), fc.nat(2_000));
    fc.assert(
      fc.property(
        fc.integer({ min: -5e6, max: 5e6 }),
        fc.array(trip, { minLength: 1 }),
        (of, all) => {
          const clock = new ClockOffsetEstimator();
          // Off the whole second, where a clock of milliseconds would look like one of seconds.
          for (const [out, back] of all) clock.add(sample(of, out, back, NOW + 1));
          const { offsetMs = 0, uncertaintyMs = 0 } = clock.estimate(NOW) ?? {};
          expect(Math.abs(offsetMs - of)).toBeLessThanOrEqual(uncertaintyMs + 1e-6);
        },
      ),
    );
  });
});
