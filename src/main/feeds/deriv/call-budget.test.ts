import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { CallBudget } from './call-budget.ts';

describe('CallBudget', () => {
  it('lets calls pass up to the limit of a minute, and the next one when the first has aged', async () => {
    const clock = new FakeClock();
    const budget = new CallBudget(clock, 3);
    const { signal } = new AbortController();
    const made: number[] = [];
    const call = async () => {
      await budget.take(signal);
      made.push(clock.now());
    };
    const start = clock.now();
    await call();
    clock.advance(10_000);
    const rest = [call(), call(), call()];
    await nextTurn();
    expect(made.map((time) => time - start)).toEqual([0, 10_000, 10_000]);
    clock.advance(49_999);
    await nextTurn();
    expect(made.length).toBe(3);
    clock.advance(1);
    await Promise.all(rest);
    expect(made.at(-1)).toBe(start + 60_000);
    expect(clock.pendingTimers).toBe(0);
  });

  it('lets go of whoever waits when the connection has ended', async () => {
    const clock = new FakeClock();
    const budget = new CallBudget(clock, 1);
    const abort = new AbortController();
    await budget.take(abort.signal);
    const waiting = budget.take(abort.signal);
    expect(clock.pendingTimers).toBe(1);
    abort.abort();
    await waiting;
    expect(clock.pendingTimers).toBe(0);
  });
});
