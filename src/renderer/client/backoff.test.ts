import { describe, expect, it } from 'vitest';
import { backoffDelayMs } from './backoff.ts';

describe('backoffDelayMs', () => {
  it('[H5] doubles from 1 s to 30 s and stays there', () => {
    const longest = [1, 2, 3, 4, 5, 6, 1_000].map((attempt) => backoffDelayMs(attempt, 0.999_999));
    expect(longest).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    const shortest = [1, 2, 3, 4, 5, 1_000].map((attempt) => backoffDelayMs(attempt, 0));
    expect(shortest).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  });
});
