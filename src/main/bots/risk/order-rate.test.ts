import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import { OrderRate } from './order-rate.ts';

const MINUTE_MS = 60_000;
const at = (ms: number) => (1_760_000_000_000 + ms) as EpochMs;

describe('the rate of orders', () => {
  it('[X3] counts those of the last minute, however the clock jumps', () => {
    const steps = fc.array(fc.integer({ min: -30_000, max: 50_000 }), { maxLength: 400 });
    fc.assert(
      fc.property(steps, (jumps) => {
        const rate = new OrderRate();
        let now = 0;
        let sent: number[] = [];
        for (const jump of jumps) {
          now += jump;
          sent = sent.filter((one) => one > now - MINUTE_MS && one <= now);
          expect(rate.countAt(at(now))).toBe(sent.length);
          rate.note(at(now));
          sent.push(now);
        }
      }),
    );
  });

  it('[X3] forgets what is older, also where nobody asks for it', () => {
    const rate = new OrderRate();
    for (let order = 0; order < 100_000; order += 1) rate.note(at(order * 100));
    expect(rate.times.length).toBeLessThan(2_000);
    expect(rate.countAt(at(99_999 * 100))).toBe(600);
  });

  it('[X3] goes on from the times of before', () => {
    const before = new OrderRate();
    for (let order = 0; order < 500; order += 1) before.note(at(order * 1_000));
    const rate = new OrderRate(before.times);
    expect(rate.countAt(at(500_000))).toBe(before.countAt(at(500_000)));
    expect(rate.countAt(at(500_000))).toBe(59);
  });
});
