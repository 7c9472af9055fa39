import { describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { SilenceWatch } from './silence-watch.ts';

function start() {
  const clock = new FakeClock(1_000);
  const told: (number | null)[] = [];
  const watch = new SilenceWatch(clock, (sinceTime) => told.push(sinceTime));
  return { clock, told, watch };
}

describe('SilenceWatch', () => {
  it('tells of a hub that neither answers nor says anything else, and since when', () => {
    const { clock, told, watch } = start();
    watch.heard();
    watch.asked();
    clock.advance(4_999);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual([1_000]);
    watch.heard();
    expect(told).toEqual([1_000, null]);
  });

  it('has patience with a hub that says something while it owes an answer, until it stops', () => {
    const { clock, told, watch } = start();
    watch.asked();
    for (let second = 0; second < 60; second += 1) {
      clock.advance(1_000);
      watch.heard();
    }
    expect(told).toEqual([]);
    clock.advance(10_000);
    expect(told).toEqual([61_000]);
  });

  it('says nothing of a hub that was asked nothing, or has answered', () => {
    const { clock, told, watch } = start();
    const answered = watch.asked();
    clock.advance(1_000);
    watch.heard();
    answered();
    clock.advance(3_600_000);
    expect(told).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });
});
