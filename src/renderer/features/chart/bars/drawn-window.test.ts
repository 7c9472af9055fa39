import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import { DrawnWindow, LEAST_DRAWN } from './drawn-window.ts';

const bars = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ openTime: from + index }) as Candle);
const MANY = 20 * LEAST_DRAWN;

describe('DrawnWindow', () => {
  it('draws all where there are few', () => {
    const window = new DrawnWindow();
    window.reset(bars(0, 100));
    expect([window.offset(bars(0, 100)), window.grow(bars(0, 100))]).toEqual([0, false]);
    expect(window.offset(bars(-500, 100))).toBe(0);
  });

  it('draws the newest of many, and more as one looks back, until it is all of them', () => {
    const all = bars(0, MANY);
    const window = new DrawnWindow();
    window.reset(all);
    const drawn = [MANY - window.offset(all)];
    while (window.grow(all)) drawn.push(MANY - window.offset(all));
    expect(drawn.map((count) => count / LEAST_DRAWN)).toEqual([1, 2, 4, 8, 16, 20]);
  });

  it('stays where it is when bars are added at either end, or trimmed', () => {
    const window = new DrawnWindow();
    window.reset(bars(0, MANY));
    const first = MANY - LEAST_DRAWN;
    expect(window.offset(bars(0, MANY + 5))).toBe(first);
    expect(window.offset(bars(-1_000, MANY))).toBe(first + 1_000);
    expect(window.offset(bars(first + 10, MANY))).toBe(0);
  });

  it('lets go of what is not needed any more, but not at every step', () => {
    const all = bars(0, MANY);
    const window = new DrawnWindow();
    window.reset(all);
    while (window.grow(all));
    expect(window.shrink(all, MANY / 2)).toBe(false);
    expect(window.shrink(all, MANY - 100)).toBe(true);
    expect(MANY - window.offset(all)).toBe(LEAST_DRAWN);
    expect(window.shrink(all, MANY - 100)).toBe(false);
  });

  it('reaches back to a time that one goes to, and keeps that until one is there', () => {
    const all = bars(0, MANY);
    const window = new DrawnWindow();
    window.reset(all);
    const wanted = 5 * LEAST_DRAWN;
    const time = all[wanted]?.openTime ?? (0 as EpochMs);
    expect(window.reach(all, time)).toBe(true);
    expect(window.offset(all)).toBe(wanted - LEAST_DRAWN);
    expect(window.reach(all, time)).toBe(false);
    // The newest bars are still in sight.
    expect(window.shrink(all, MANY - 100)).toBe(false);
    expect(window.shrink(all, wanted - 50)).toBe(false);
    expect(window.shrink(all, MANY - 100)).toBe(true);
  });
});
