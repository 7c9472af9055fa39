import { describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { BeepLimit } from './beep-limit.ts';

describe('BeepLimit', () => {
  it('lets a few through a second, however many are asked for', () => {
    const clock = new FakeClock();
    const limit = new BeepLimit(clock);
    const counts = [0, 0, 0];
    for (let step = 0; step < 300; step++) {
      if (limit.take()) counts[Math.floor(step / 100)] = (counts[Math.floor(step / 100)] ?? 0) + 1;
      clock.advance(10);
    }
    expect(counts).toEqual([5, 5, 5]);
  });

  it('keeps them apart', () => {
    const clock = new FakeClock();
    const limit = new BeepLimit(clock);
    expect(limit.take()).toBe(true);
    clock.advance(79);
    expect(limit.take()).toBe(false);
    clock.advance(1);
    expect(limit.take()).toBe(true);
  });
});
