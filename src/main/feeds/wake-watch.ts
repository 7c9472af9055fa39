import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';

export interface WakeWatchOptions {
  readonly clock: TimerClock;
  /** The addresses of this machine that reach beyond it. */
  readonly addresses: () => readonly string[];
  /** Sockets are dead, and may not know it. */
  readonly onWake: () => void;
}

const LOOK_EVERY_MS = 5_000;
/** A look that comes so much too late was slept through. */
const SLEPT_MS = 30_000;

/**
 * Notices what kills sockets without a word: the machine slept, or lost an address that they were
 * bound to, or has a network again after it had none. Returns the end of it.
 */
export function watchWaking({ clock, addresses, onWake }: WakeWatchOptions): () => void {
  let lookedTime: EpochMs = clock.now();
  let known = new Set(addresses());
  return clock.setInterval(() => {
    const now = clock.now();
    const slept = now - lookedTime > LOOK_EVERY_MS + SLEPT_MS;
    lookedTime = now;
    const current = new Set(addresses());
    const lost = [...known].some((address) => !current.has(address));
    const isBack = known.size === 0 && current.size > 0;
    known = current;
    if (slept || lost || isBack) onWake();
  }, LOOK_EVERY_MS);
}
