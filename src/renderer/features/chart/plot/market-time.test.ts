import { describe, expect, it } from 'vitest';
import type { EpochMs } from '#domain/units.ts';
import { formatCountdown, marketTime } from './market-time.ts';

const at = (milliseconds: number) => milliseconds as EpochMs;

describe('marketTime', () => {
  it('is ours for a market of now, and the market’s own for one of the past', () => {
    expect(marketTime(at(1_000_000), at(990_000))).toBe(1_000_000);
    expect(marketTime(at(1_000_000), at(1_000_500))).toBe(1_000_000);
    expect(marketTime(at(1_000_000), at(100))).toBe(100);
    expect(marketTime(at(1_000_000), null)).toBe(1_000_000);
  });
});

describe('formatCountdown', () => {
  it.each([
    [0, '0:00'],
    [-5_000, '0:00'],
    [6_001, '0:07'],
    [59_999, '1:00'],
    [3_723_000, '1:02:03'],
    [2 * 86_400_000 + 3 * 3_600_000 + 5, '2d 03h'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatCountdown(milliseconds)).toBe(text);
  });
});
