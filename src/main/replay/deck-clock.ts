import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';

/**
 * What everything inside a deck takes for the time: the market's. Only timers, which decide nothing
 * there but when the screen is told, run by the machine's clock.
 */
export class DeckClock implements TimerClock {
  readonly #timers: TimerClock;
  #time: EpochMs;

  constructor(timers: TimerClock, time: EpochMs) {
    this.#timers = timers;
    this.#time = time;
  }

  now(): EpochMs {
    return this.#time;
  }

  set(time: EpochMs): void {
    this.#time = time;
  }

  setTimeout(callback: () => void, delayMs: number): () => void {
    return this.#timers.setTimeout(callback, delayMs);
  }

  setInterval(callback: () => void, periodMs: number): () => void {
    return this.#timers.setInterval(callback, periodMs);
  }
}
