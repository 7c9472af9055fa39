import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';

/** The machine's clock, in a page or in Node: the one place of the client and the page that reads it. */
export const systemClock: TimerClock = {
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

/**
 * For what is paced, flashes or is counted from a moment of its own: it goes on evenly while the machine's
 * clock is set. After that its times are not those of `systemClock`.
 */
export const steadyClock: TimerClock = {
  ...systemClock,
  now: () => (performance.timeOrigin + performance.now()) as EpochMs,
};
