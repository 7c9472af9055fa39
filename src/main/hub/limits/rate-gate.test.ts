import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RateGate } from './rate-gate.ts';

/** The library tells time by itself. */
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const admitted = async (gate: RateGate<string>, name: string, key: string, tries: number) => {
  let count = 0;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (await gate.admits(name, key)) count += 1;
  }
  return count;
};

describe('[H4] RateGate', () => {
  it('admits so many a period, for each name and key in its own right', async () => {
    const gate = new RateGate<string>({ count: 3, periodMs: 1_000 });
    expect(await admitted(gate, 'a', 'one', 10)).toBe(3);
    expect(await admitted(gate, 'b', 'one', 10)).toBe(3);
    expect(await admitted(gate, 'a', 'two', 10)).toBe(3);
    vi.advanceTimersByTime(1_000);
    expect(await admitted(gate, 'a', 'one', 10)).toBe(3);
  });

  it('a name may have a limit of its own, and a burst on top', async () => {
    const burst = { count: 5, periodMs: 60_000 };
    const gate = new RateGate<string>(
      { count: 100, periodMs: 1_000 },
      { a: { count: 2, periodMs: 1_000, burst }, b: { count: 1, periodMs: 60_000 } },
    );
    expect(await admitted(gate, 'a', 'one', 20)).toBe(7);
    expect(await admitted(gate, 'b', 'one', 20)).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(await admitted(gate, 'a', 'one', 20)).toBe(2);
    expect(await admitted(gate, 'b', 'one', 20)).toBe(0);
  });

  it('says how long to wait, and that is enough', async () => {
    const burst = { count: 1, periodMs: 60_000 };
    const gate = new RateGate<string>({ count: 2, periodMs: 10_000, burst });
    await admitted(gate, 'a', 'one', 1);
    vi.advanceTimersByTime(4_000);
    expect(await gate.waitMs('a', 'one')).toBe(0);
    expect(await admitted(gate, 'a', 'one', 1)).toBe(1);
    expect(await gate.waitMs('a', 'one')).toBe(6_000);
    vi.advanceTimersByTime(6_000);
    expect(await gate.waitMs('a', 'one')).toBe(0);
  });

  it('forgets who is quiet', async () => {
    const gate = new RateGate<string>({ count: 1, periodMs: 1_000 });
    await admitted(gate, 'a', 'one', 1);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
