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
 * How long *latest* values are collected. Longer windows send fewer frames, which is what gives an
 * overloaded event loop its room back.
 */
export class ConflationWindow {
  readonly #clock: Clock;
  readonly #load: LoadMeter;
  #step = 0;
  #readTime: number;

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
    const load = this.#load();
    if (load > STRETCH_ABOVE) this.#step = Math.min(this.#step + 1, WINDOWS_MS.length - 1);
    else if (load * this.#growthOfShorter() < SHRINK_BELOW)
      this.#step = Math.max(0, this.#step - 1);
  }

  /** So many times the frames of now would the next shorter window make. */
  #growthOfShorter(): number {
    const shorter = WINDOWS_MS[this.#step - 1];
    return shorter === undefined ? 1 : this.ms / shorter;
  }
}
