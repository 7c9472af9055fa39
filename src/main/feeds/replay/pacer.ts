import type { TimerClock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import type { ReplaySpeed } from '../feed-spec.ts';
import { sleep } from '../sleep.ts';

/** Later than this (the machine slept, or cannot keep up) the recording goes on from here: no burst. */
const MOST_LATENESS_MS = 1_000;

/** Says when a recorded moment is due, at N times the pace of the recording, or at once. */
export class Pacer {
  readonly #clock: TimerClock;
  readonly #speed: ReplaySpeed;
  /** A recorded moment and the moment of the clock that it is played at. */
  #anchor: { readonly recorded: EpochMs; readonly clock: number } | null = null;

  constructor(clock: TimerClock, speed: ReplaySpeed) {
    this.#clock = clock;
    this.#speed = speed;
  }

  /** How long until `recorded` is due; zero or less where it is. */
  waitMs(recorded: EpochMs): number {
    if (this.#speed === 'max') return 0;
    const now = this.#clock.now();
    this.#anchor ??= { recorded, clock: now };
    const due = this.#anchor.clock + (recorded - this.#anchor.recorded) / this.#speed;
    if (now - due > MOST_LATENESS_MS) this.#anchor = { recorded, clock: now };
    return due - now;
  }

  /** Resolves after `delayMs`, or at once when `signal` aborts. */
  sleep(delayMs: number, signal: AbortSignal): Promise<void> {
    return sleep(this.#clock, delayMs, signal);
  }
}
