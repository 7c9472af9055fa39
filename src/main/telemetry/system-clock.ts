import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';

/** The machine's clock and timers: the one place where logic's time comes from. */
export const systemClock: TimerClock = {
  now: () => Date.now() as EpochMs,
  setTimeout: (callback, delayMs) => {
    if (delayMs <= 0) {
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  setInterval: (callback, periodMs) => {
    const timer = setInterval(callback, periodMs);
    return () => clearInterval(timer);
  },
};
