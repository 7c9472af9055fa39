import type { TimerClock } from '#domain/clock.ts';

/** A store, as far as one hears that it changed. */
export interface Source {
  readonly subscribe: (listener: () => void) => () => void;
}

export interface PacedViewOptions<T> {
  readonly sources: readonly Source[];
  readonly derive: () => T;
  /** Whether nothing would look different. */
  readonly isSame: (left: T, right: T) => boolean;
  readonly periodMs: number;
  readonly clock: TimerClock;
}

/**
 * What is derived from stores that change many times a second, worked out anew at most once a period:
 * an order of rows, which nobody could follow otherwise. A change after a quiet period shows at once.
 * While nobody listens it costs nothing.
 */
export class PacedView<T> {
  readonly #options: PacedViewOptions<T>;
  #value: T;
  #cancel: (() => void) | null = null;
  #lookedTime = Number.NEGATIVE_INFINITY;
  #notBefore = Number.NEGATIVE_INFINITY;

  constructor(options: PacedViewOptions<T>) {
    this.#options = options;
    this.#value = options.derive();
  }

  readonly current = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    // What has changed while nobody listened.
    this.#look();
    const ends = this.#options.sources.map((source) =>
      source.subscribe(() => this.#schedule(listener)),
    );
    return () => {
      for (const end of ends) end();
      this.#cancel?.();
      this.#cancel = null;
    };
  };

  /** Leaves all as it is for so long: a hand is on it. */
  postpone(durationMs: number): void {
    this.#notBefore = this.#options.clock.now() + durationMs;
  }

  #schedule(listener: () => void): void {
    if (this.#cancel !== null) return;
    const { clock, periodMs } = this.#options;
    const delayMs = Math.max(this.#lookedTime + periodMs, this.#notBefore) - clock.now();
    if (delayMs <= 0) {
      if (this.#look()) listener();
      return;
    }
    this.#cancel = clock.setTimeout(() => {
      this.#cancel = null;
      // It may have been postponed meanwhile.
      this.#schedule(listener);
    }, delayMs);
  }

  #look(): boolean {
    const { derive, isSame, clock } = this.#options;
    this.#lookedTime = clock.now();
    const value = derive();
    if (isSame(this.#value, value)) return false;
    this.#value = value;
    return true;
  }
}

export const sameItems = <T>(left: readonly T[], right: readonly T[]): boolean =>
  left.length === right.length && left.every((item, index) => item === right[index]);
