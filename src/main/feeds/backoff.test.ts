import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

it('[F3] doubles from 1 s to 30 s and stays there', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 1_000].map((attempt) => backoffMs(attempt, () => 0));
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

it('[F3] takes up to half off by chance, but never goes under 1 s', () => {
  expect(backoffMs(4, () => 0.5)).toBe(6_000);
  expect(backoffMs(9, () => 0.999)).toBeGreaterThanOrEqual(15_000);
  expect(backoffMs(1, () => 0.999)).toBe(1_000);
});
