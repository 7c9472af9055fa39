import { expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { scheduleAt } from './deadline.ts';

const DAY_MS = 86_400_000;

it('calls back at the time, also one that is further away than a timer reaches', () => {
  for (const delayMs of [0, 1_000, 90 * DAY_MS]) {
    const clock = new FakeClock();
    let calls = 0;
    scheduleAt(clock, clock.now() + delayMs, () => {
      calls += 1;
    });
    clock.advance(Math.max(0, delayMs - 1));
    expect(calls).toBe(delayMs === 0 ? 1 : 0);
    clock.advance(1);
    expect([calls, clock.pendingTimers]).toEqual([1, 0]);
  }
});

it('can be cancelled at any stage', () => {
  const clock = new FakeClock();
  const cancel = scheduleAt(clock, clock.now() + 90 * DAY_MS, () => expect.unreachable());
  clock.advance(60 * DAY_MS);
  cancel();
  clock.advance(60 * DAY_MS);
  expect(clock.pendingTimers).toBe(0);
});
