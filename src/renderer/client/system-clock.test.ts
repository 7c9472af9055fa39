import { afterEach, describe, expect, it, vi } from 'vitest';
import { steadyClock, systemClock } from './system-clock.ts';

describe('steadyClock', () => {
  afterEach(() => vi.restoreAllMocks());

  it('goes on evenly where the machine’s clock is set', () => {
    const before = steadyClock.now();
    expect(Math.abs(before - systemClock.now())).toBeLessThan(60_000);
    vi.spyOn(Date, 'now').mockReturnValue(before - 600_000);
    expect(steadyClock.now()).toBeGreaterThanOrEqual(before);
  });
});
