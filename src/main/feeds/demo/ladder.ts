import type { DemoInstrument } from './demo-instruments.ts';
import { hash, paretoSize, subSeed, unit } from './random.ts';
import type { TouchPath } from './touch.ts';

const LADDER_DEPTH = 20;
/** A resting level keeps its size for 2.5 s; levels change at moments of their own. */
const RESTING_STEPS = 25;
/** Sizes at the touch change each 300 ms. */
const TOUCH_STEPS = 3;

/** One side of the book, best first, in whole increments: `prices[i]` holds `sizes[i]`. */
export interface LadderSide {
  readonly prices: readonly number[];
  readonly sizes: readonly number[];
}

export interface Ladder {
  readonly bids: LadderSide;
  readonly asks: LadderSide;
}

/**
 * The book at each step, as a pure function of the seed. Levels belong to prices, not to distances
 * from the top: as the price moves through them most stay where they are, so that deltas are small.
 */
export class LadderPath {
  readonly #spec: DemoInstrument;
  readonly #touches: TouchPath;
  readonly #placeSeed: number;
  readonly #sizeSeed: number;
  readonly #touchSeed: number;

  constructor(seed: number, spec: DemoInstrument, touches: TouchPath) {
    this.#spec = spec;
    this.#touches = touches;
    this.#placeSeed = subSeed(seed, 'places');
    this.#sizeSeed = subSeed(seed, 'sizes');
    this.#touchSeed = subSeed(seed, 'touch sizes');
  }

  at(step: number): Ladder {
    const { bid, ask } = this.#touches.at(step);
    return { bids: this.#side(step, bid, -1), asks: this.#side(step, ask, 1) };
  }

  #side(step: number, best: number, direction: 1 | -1): LadderSide {
    const spacing = this.#spec.levelSpacing;
    const prices = [best];
    const sizes = [this.#touchSize(step, best, direction)];
    for (
      let slot = Math.floor(best / spacing) + direction;
      prices.length < LADDER_DEPTH;
      slot += direction
    ) {
      const place = hash(this.#placeSeed, slot);
      prices.push(slot * spacing + (place % spacing));
      sizes.push(this.#restingSize(step, slot, place));
    }
    return { prices, sizes };
  }

  #touchSize(step: number, price: number, direction: 1 | -1): number {
    const hashed = hash(this.#touchSeed ^ price, Math.floor(step / TOUCH_STEPS) * 2 + direction);
    return this.#size(hashed);
  }

  #restingSize(step: number, slot: number, place: number): number {
    const period = Math.floor((step + (place % RESTING_STEPS)) / RESTING_STEPS);
    return this.#size(hash(this.#sizeSeed ^ slot, period));
  }

  #size(hashed: number): number {
    return Math.max(1, Math.round(paretoSize(this.#spec.medianLevelSize, unit(hashed))));
  }
}

/** What turns `before` into `after`, as `[price, size]` in whole increments; size 0 removes. */
export function diffSide(
  before: LadderSide,
  after: LadderSide,
): readonly (readonly [price: number, size: number])[] {
  const changes: (readonly [number, number])[] = [];
  const old = new Map(before.prices.map((price, i) => [price, before.sizes[i]]));
  after.prices.forEach((price, i) => {
    const size = after.sizes[i] ?? 0;
    if (old.get(price) !== size) changes.push([price, size]);
    old.delete(price);
  });
  for (const price of old.keys()) changes.push([price, 0]);
  return changes;
}
