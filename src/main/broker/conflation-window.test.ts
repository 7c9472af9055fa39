import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { ConflationWindow } from './conflation-window.ts';

let clock: FakeClock;
let load: number;
let window: ConflationWindow;

beforeEach(() => {
  clock = new FakeClock();
  load = 0;
  window = new ConflationWindow(clock, () => load);
});

/** Flushes for a second at this load; gives the windows that were in force. */
function run(share: number): number {
  load = share;
  for (let flush = 0; flush < 10; flush += 1) {
    clock.advance(100);
    window.adapt();
  }
  return window.ms;
}

describe('[B6] the window', () => {
  it('is 16 ms while the loop has room, and stretches step by step while it has none', () => {
    expect(window.ms).toBe(16);
    expect(run(0.8)).toBe(16);
    load = 0.95;
    clock.advance(500);
    window.adapt();
    expect(window.ms).toBe(100);
    expect(run(0.95)).toBe(250);
    expect(run(1)).toBe(250);
  });

  it('shrinks only where the load would fit into the shorter one, so that it does not swing', () => {
    run(1);
    expect(run(0.5)).toBe(250);
    clock.advance(500);
    load = 0.2;
    window.adapt();
    expect(window.ms).toBe(100);
    expect(run(0.2)).toBe(100);
    expect(run(0.05)).toBe(16);
  });

  it('tries a shorter one after a while, where the load may be made by something else', () => {
    run(1);
    expect(window.ms).toBe(250);
    // What it costs is the same in any window.
    for (let second = 0; second < 12; second += 1) run(0.5);
    expect(window.ms).toBe(16);
    for (let second = 0; second < 60; second += 1) expect(run(0.5)).toBe(16);
  });

  it('is not held where it is by a clock that was set back', () => {
    load = 1;
    clock.advance(500);
    window.adapt();
    clock.jump(-3_600_000);
    for (let second = 0; second < 6; second += 1) run(0.5);
    expect(window.ms).toBe(16);
  });

  it('tries less and less often while that fails', () => {
    const secondsTill = (wanted: number) => {
      for (let seconds = 1; ; seconds += 1) if (run(0.5) === wanted) return seconds;
    };
    load = 1;
    clock.advance(500);
    window.adapt();
    const waits = [0, 1, 2, 3, 4, 5, 6].map(() => {
      const seconds = secondsTill(16);
      load = 1;
      clock.advance(500);
      window.adapt();
      expect(window.ms).toBe(100);
      return seconds;
    });
    expect(waits).toEqual([5, 10, 20, 40, 80, 80, 80]);
  });

  it('tries soon again once a shorter one has held', () => {
    load = 1;
    clock.advance(500);
    window.adapt();
    for (let second = 0; second < 20; second += 1) run(0.5);
    expect(window.ms).toBe(16);
    load = 1;
    clock.advance(500);
    window.adapt();
    for (let second = 0; second < 5; second += 1) run(0.5);
    expect(window.ms).toBe(16);
  });

  it('is not moved by one flush after another within a moment', () => {
    load = 1;
    for (let flush = 0; flush < 100; flush += 1) window.adapt();
    expect(window.ms).toBe(16);
  });
});
