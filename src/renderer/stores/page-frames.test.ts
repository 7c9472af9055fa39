import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { calmData, dataBatcher } from './page-frames.ts';

const FRAME_MS = 16;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('requestAnimationFrame', (callback: (time: number) => void) =>
    setTimeout(() => callback(performance.now()), FRAME_MS),
  );
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
});
afterEach(() => {
  calmData(false);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** How often a tape is drawn in a second in which trades come every 5 ms. */
function drawnInASecond(): number {
  let drawn = 0;
  for (let elapsedMs = 0; elapsedMs < 1_000; elapsedMs += 5) {
    dataBatcher.schedule('tape', () => {
      drawn += 1;
    });
    vi.advanceTimersByTime(5);
  }
  return drawn;
}

it('draws tape and book in each frame, or ten times a second where the user wants it calm', () => {
  expect(drawnInASecond()).toBeGreaterThan(45);
  calmData(true);
  const calm = drawnInASecond();
  expect(calm).toBeGreaterThanOrEqual(9);
  expect(calm).toBeLessThanOrEqual(11);
  calmData(false);
  expect(drawnInASecond()).toBeGreaterThan(45);
});
