import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';

/** The page's own clock: the one place of the renderer that reads it. */
export const browserClock: TimerClock = {
  now: () => Date.now() as EpochMs,
  setTimeout(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  setInterval(callback, periodMs) {
    const timer = setInterval(callback, periodMs);
    return () => clearInterval(timer);
  },
};
