import type { TimerClock } from '#domain/clock.ts';
import { sleep } from '../sleep.ts';

const MINUTE_MS = 60_000;
/** Deriv allows 220 calls a minute; the rest is left for calls that are still on their way. */
const CALLS_A_MINUTE = 200;

/**
 * Keeps all connections of one feed within Deriv's limit of calls: whoever would exceed it waits.
 * https://developers.deriv.com/docs/api-limits
 */
export class CallBudget {
  readonly #clock: TimerClock;
  readonly #limit: number;
  /** When the calls of the last minute were made, oldest first. */
  #times: number[] = [];

  constructor(clock: TimerClock, limit = CALLS_A_MINUTE) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** Resolves when one call may be made, or when `signal` aborts. */
  async take(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const now = this.#clock.now();
      // A clock that was set back must not keep anyone waiting for longer than a minute.
      this.#times = this.#times.filter((time) => time <= now && now - time < MINUTE_MS);
      const oldest = this.#times[0];
      if (oldest === undefined || this.#times.length < this.#limit) {
        this.#times.push(now);
        return;
      }
      await sleep(this.#clock, oldest + MINUTE_MS - now, signal);
    }
  }
}
