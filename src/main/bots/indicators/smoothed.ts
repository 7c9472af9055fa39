import { WSMA } from 'trading-signals';
import { z } from 'zod';

const emaStateSchema = z.object({ value: z.number(), count: z.int() }).nullable();
const wilderStateSchema = z.union([
  z.object({ value: z.number() }),
  z.object({ first: z.array(z.number()) }),
]);

/** The library's, with a way to go on from a value that it once had. */
class ResumedWilder extends WSMA {
  resume(value: number): void {
    this.result = value;
  }
}

/**
 * Exponential moving average: a = 2 / (n + 1), E_1 = x_1, E_t = a x_t + (1 - a) E_(t-1). Null before
 * the n-th value. To the last digit what the library's comes to, which makes objects for each value.
 */
export class ExponentialAverage {
  readonly #period: number;
  readonly #weight: number;
  #count = 0;
  /** Not a number while nothing was added: null beside numbers would box each of them. */
  #last = Number.NaN;

  constructor(period: number) {
    this.#period = period;
    this.#weight = 2 / (period + 1);
  }

  get value(): number | null {
    return this.#count < this.#period ? null : this.#last;
  }

  add(value: number): void {
    const before = this.#count === 0 ? value : this.#last;
    this.#last = value * this.#weight + before * (1 - this.#weight);
    if (this.#count < this.#period) this.#count += 1;
  }

  reset(): void {
    this.#count = 0;
    this.#last = Number.NaN;
  }

  save(): unknown {
    return this.#count === 0 ? null : { value: this.#last, count: this.#count };
  }

  restore(saved: unknown): void {
    const state = emaStateSchema.parse(saved);
    this.reset();
    if (!state) return;
    this.#last = state.value;
    this.#count = state.count;
  }
}

/**
 * Wilder's smoothed average: W_n = (x_1 + … + x_n) / n, W_t = W_(t-1) + (x_t - W_(t-1)) / n. Null
 * before the n-th value.
 */
export class WilderAverage {
  readonly #period: number;
  #wilder: ResumedWilder;
  #first: number[] = [];
  #last: number | null = null;

  constructor(period: number) {
    this.#period = period;
    this.#wilder = new ResumedWilder(period);
  }

  get value(): number | null {
    return this.#last;
  }

  add(value: number): void {
    if (this.#last === null) this.#first.push(value);
    this.#last = this.#wilder.update(value, false);
    if (this.#last !== null) this.#first = [];
  }

  reset(): void {
    this.#wilder = new ResumedWilder(this.#period);
    this.#first = [];
    this.#last = null;
  }

  save(): unknown {
    return this.#last === null ? { first: [...this.#first] } : { value: this.#last };
  }

  restore(saved: unknown): void {
    const state = wilderStateSchema.parse(saved);
    this.reset();
    if ('first' in state) {
      for (const value of state.first) this.add(value);
      return;
    }
    this.#wilder.resume(state.value);
    this.#last = state.value;
  }
}
