import type { EpochMs } from '#domain/units.ts';

/** A timer of the market's time: due at whole multiples of its period, at the first event from then on. */
export class MarketTimer {
  readonly #periodMs: number;
  #due: number | null;

  constructor(periodMs: number, due: number | null) {
    this.#periodMs = periodMs;
    this.#due = due;
  }

  /** Null until an event has told the time. */
  get due(): number | null {
    return this.#due;
  }

  /** Whether it is due at `time`. Periods that nobody saw pass are not made up. */
  passes(time: EpochMs): boolean {
    const due = this.#due;
    const isDue = due !== null && time >= due;
    // A time that jumped back, as when a recording is played again, begins anew.
    const jumpedBack = due !== null && time < due - this.#periodMs;
    if (due === null || isDue || jumpedBack) {
      this.#due = time - (time % this.#periodMs) + this.#periodMs;
    }
    return isDue;
  }
}
