import type { Clock } from '#domain/clock.ts';

const PERIOD_MS = 1_000;

/** Lets a few through a second, and never two at once: a burst is a tick, not a noise. */
export class BeepLimit {
  readonly #clock: Clock;
  readonly #mostASecond: number;
  readonly #apartMs: number;
  #times: number[] = [];

  constructor(clock: Clock, { mostASecond = 5, apartMs = 80 } = {}) {
    this.#clock = clock;
    this.#mostASecond = mostASecond;
    this.#apartMs = apartMs;
  }

  /** Whether there may be one now; if so, it counts. */
  take(): boolean {
    const now = this.#clock.now();
    // A clock that was set back must not silence it for long.
    this.#times = this.#times.filter((time) => time <= now && now - time < PERIOD_MS);
    const last = this.#times.at(-1);
    if (this.#times.length >= this.#mostASecond) return false;
    if (last !== undefined && now - last < this.#apartMs) return false;
    this.#times.push(now);
    return true;
  }
}
