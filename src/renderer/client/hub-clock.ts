import type { Clock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';

/** So long a measurement holds, once or twice: either clock may be set. */
const WINDOW_MS = 30_000;
/** Less is the way of a push to here, and the pauses of a page that is busy or hidden. */
const LEAST_SKEW_MS = 2_000;

/**
 * The hub's time, whatever the clock of this machine: what ends at a time of the hub's ends by it. It is
 * measured by the pushes, each of which tells when it was published; the freshest says most.
 */
export class HubClock implements Clock {
  readonly #clock: Clock;
  #begunTime: number | null = null;
  /** By how much the hub's clock is ahead at least, in this window and the one before. */
  #ahead = Number.NEGATIVE_INFINITY;
  #aheadBefore = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  heard(publishedTime: number): void {
    const now = this.#clock.now();
    const ahead = publishedTime - now;
    if (this.#begunTime === null || Math.abs(now - this.#begunTime) >= WINDOW_MS) {
      this.#begunTime = now;
      this.#aheadBefore = this.#ahead;
      this.#ahead = ahead;
    } else if (ahead > this.#ahead) this.#ahead = ahead;
  }

  now(): EpochMs {
    const now = this.#clock.now();
    const ahead = Math.max(this.#ahead, this.#aheadBefore);
    const isSkewed = Number.isFinite(ahead) && Math.abs(ahead) >= LEAST_SKEW_MS;
    return (isSkewed ? now + ahead : now) as EpochMs;
  }
}
