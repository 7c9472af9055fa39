import type { Clock } from '#domain/clock.ts';

/** How busy the event loop has been of late, 0–1: what the process's telemetry says. */
export type LoadMeter = () => number;

/** Rule B6. Streams know no window; a *latest* value waits at most for the end of one. */
const WINDOWS_MS = [16, 100, 250] as const;
type WindowMs = (typeof WINDOWS_MS)[number];

/** One reading is noise: the window moves by what was measured over so long. */
const READ_EVERY_MS = 500;
const STRETCH_ABOVE = 0.9;
/** A window is left for a shorter one only where the load would fit into that with room to spare. */
const SHRINK_BELOW = 0.6;
/**
 * How much of a load is made by frames, nobody knows: a market that is taken in costs the same in any
 * window. So a shorter one is tried now and then, and less and less often while that fails.
 */
const TRY_AFTER_MS = { first: 5_000, most: 80_000 } as const;
/** A shorter window that held for so long is not a try any more. */
const TRIAL_MS = 5_000;

/**
 * How long *latest* values are collected. Longer windows send fewer frames, which is what gives an
 * overloaded event loop its room back.
 */
export class ConflationWindow {
  readonly #clock: Clock;
  readonly #load: LoadMeter;
  #step = 0;
  #readTime: number;
  #shrunkTime = Number.NEGATIVE_INFINITY;
  #tryAfterMs: number = TRY_AFTER_MS.first;
  #tryTime = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, load: LoadMeter) {
    this.#clock = clock;
    this.#load = load;
    this.#readTime = clock.now();
  }

  get ms(): WindowMs {
    return WINDOWS_MS[this.#step] ?? WINDOWS_MS[0];
  }

  /** Called with each flush; looks at the load now and then. */
  adapt(): void {
    const now = this.#clock.now();
    const elapsedMs = now - this.#readTime;
    if (elapsedMs >= 0 && elapsedMs < READ_EVERY_MS) return;
    this.#readTime = now;
    if (elapsedMs < 0) this.#followClock(elapsedMs);
    const load = this.#load();
    if (load > STRETCH_ABOVE) this.#stretch(now);
    else if (this.#step > 0 && this.#isWorthShrinking(load, now)) this.#shrink(now);
  }

  /** A clock that was set back must not put off the next try. */
  #followClock(setByMs: number): void {
    this.#shrunkTime += setByMs;
    this.#tryTime += setByMs;
  }

  #stretch(now: number): void {
    if (this.#step < WINDOWS_MS.length - 1) {
      const hasFailed = now - this.#shrunkTime < TRIAL_MS;
      this.#tryAfterMs = hasFailed
        ? Math.min(TRY_AFTER_MS.most, 2 * this.#tryAfterMs)
        : TRY_AFTER_MS.first;
      this.#step += 1;
    }
    this.#tryTime = now + this.#tryAfterMs;
  }

  #shrink(now: number): void {
    this.#step -= 1;
    this.#shrunkTime = now;
    this.#tryTime = now + this.#tryAfterMs;
  }

  /** It would fit even if all of it were frames; or it is time to see whether it does. */
  #isWorthShrinking(load: number, now: number): boolean {
    if (load >= SHRINK_BELOW) return false;
    return load * this.#growthOfShorter() < SHRINK_BELOW || now >= this.#tryTime;
  }

  /** So many times the frames of now would the next shorter window make. */
  #growthOfShorter(): number {
    const shorter = WINDOWS_MS[this.#step - 1];
    return shorter === undefined ? 1 : this.ms / shorter;
  }
}
