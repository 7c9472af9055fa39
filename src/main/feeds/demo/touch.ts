import type { PricePath } from './price-path.ts';
import { hash, subSeed, unit } from './random.ts';

export const STEP_MS = 100;
const STEPS_PER_SECOND = 1_000 / STEP_MS;

/** Best bid and ask in whole price increments. */
export interface Touch {
  readonly bid: number;
  readonly ask: number;
}

/**
 * Best bid and ask over time. Quotes follow the fair price in jumps, at the start of a second and at
 * some of its tenths, as real ones do: between two jumps trades bounce between the same two prices.
 */
export class TouchPath {
  readonly #path: PricePath;
  readonly #priceScale: number;
  readonly #moveSeed: number;
  readonly #spreadSeed: number;
  #quotedStep = Number.NaN;
  #touch: Touch = { bid: 0, ask: 0 };

  constructor(seed: number, path: PricePath, priceScale: number) {
    this.#path = path;
    this.#priceScale = priceScale;
    this.#moveSeed = subSeed(seed, 'moves');
    this.#spreadSeed = subSeed(seed, 'spread');
  }

  /** `step` counts tenths of a second of the epoch. */
  at(step: number): Touch {
    const quotedStep = this.#lastMove(step);
    if (quotedStep !== this.#quotedStep) {
      this.#touch = this.#quote(quotedStep);
      this.#quotedStep = quotedStep;
    }
    return this.#touch;
  }

  #lastMove(step: number): number {
    const second = Math.floor(step / STEPS_PER_SECOND);
    const moves = hash(this.#moveSeed, second);
    for (let tenth = step - second * STEPS_PER_SECOND; tenth > 0; tenth--) {
      const octal = (moves >>> ((tenth - 1) * 3)) & 7;
      if (octal < 2) return second * STEPS_PER_SECOND + tenth;
    }
    return second * STEPS_PER_SECOND;
  }

  #quote(step: number): Touch {
    const fair = this.#path.price(step / STEPS_PER_SECOND) * this.#priceScale;
    const spread = spreadOf(unit(hash(this.#spreadSeed, step)));
    const bid = Math.round(fair - spread / 2);
    return { bid, ask: bid + spread };
  }
}

/** In price increments: one as a rule, at times a few more. */
function spreadOf(uniform: number): number {
  if (uniform < 0.84) return 1;
  return uniform < 0.95 ? 2 : 3 + Math.floor((uniform - 0.95) * 160);
}
