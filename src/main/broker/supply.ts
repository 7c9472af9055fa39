import type { Publishable } from '#contract/publications.ts';

/** What a channel has to be told of a value that it can ask for. */
export interface SuppliedValue {
  /** There is a newer one than was given last. Costs next to nothing when it is told again. */
  changed(): void;
}

/** One value of a *latest* channel that is made when somebody is to get it, and not before. */
export class Supply implements SuppliedValue {
  readonly #read: () => Publishable | null;
  readonly #onStale: (supply: Supply) => void;
  #isStale = false;

  constructor(read: () => Publishable | null, onStale: (supply: Supply) => void) {
    this.#read = read;
    this.#onStale = onStale;
  }

  changed(): void {
    if (this.#isStale) return;
    this.#isStale = true;
    this.#onStale(this);
  }

  /** The value as it is now; null where there is none. */
  take(): Publishable | null {
    this.#isStale = false;
    return this.#read();
  }
}
