import type { EpochMs } from '#domain/units.ts';

/** A connection that has had something to say for so long is a good one. */
const GOOD_CONNECTION_MS = 60_000;
const MOST_DOUBLINGS = 5;

/**
 * When a silent connection is given up. A socket that is half open never says so; a market where
 * nothing happens is silent as well, so that each connection that stayed silent makes the next one
 * be waited for twice as long.
 */
export class SilenceLimit {
  readonly #limitMs: number;
  #doublings = 0;
  #staleSince: EpochMs | null = null;
  #connectedTime: EpochMs | null = null;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  startConnection(now: EpochMs): void {
    this.#connectedTime = now;
    this.#staleSince = null;
  }

  onHeard(now: EpochMs): void {
    this.#staleSince = null;
    if (this.#connectedTime !== null && now - this.#connectedTime >= GOOD_CONNECTION_MS) {
      this.#doublings = 0;
    }
  }

  /** True once for each silence. */
  isReached(isStale: boolean, now: EpochMs): boolean {
    if (!isStale) {
      this.#staleSince = null;
      return false;
    }
    // A clock that was set back puts nothing off.
    this.#staleSince = Math.min(this.#staleSince ?? now, now) as EpochMs;
    if (now - this.#staleSince < this.#limitMs * 2 ** this.#doublings) return false;
    this.#staleSince = null;
    this.#doublings = Math.min(MOST_DOUBLINGS, this.#doublings + 1);
    return true;
  }
}
