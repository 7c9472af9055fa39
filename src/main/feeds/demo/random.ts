/**
 * Random numbers as pure functions of what they belong to, so that any stretch of the demo exchange
 * can be made on its own. 32-bit integer arithmetic only: the same on every machine.
 */

const TWO_TO_32 = 4_294_967_296;

/** The finaliser of MurmurHash3: every input bit reaches every output bit. */
function scramble(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** An unsigned 32-bit hash of a seed and a whole number of up to 53 bits. */
export function hash(seed: number, index: number): number {
  const high = Math.floor(index / TWO_TO_32);
  return scramble(scramble(seed ^ Math.imul(index >>> 0, 0x9e3779b1)) + high);
}

/** A seed of its own for a named part of something that has a seed. */
export function subSeed(seed: number, name: string): number {
  let h = scramble(seed ^ 0x2545f491);
  for (let i = 0; i < name.length; i++) h = scramble(h ^ name.charCodeAt(i));
  return h;
}

/** Uniform in [0, 1). */
export const unit = (hashed: number): number => hashed / TWO_TO_32;

/** Nearly standard normal: the sum of four uniform bytes' worth of a hash, scaled. Bounded by ±3.46. */
export function bell(hashed: number): number {
  const sum =
    (hashed & 0xff) + ((hashed >>> 8) & 0xff) + ((hashed >>> 16) & 0xff) + (hashed >>> 24);
  return (sum - 510) / 147.8;
}

/** A short sequence of random numbers (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return unit((t ^ (t >>> 14)) >>> 0);
  }

  /** Knuth's method: fine for the small means that are asked for here. */
  poisson(mean: number, most: number): number {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.next(); product > limit && count < most; product *= this.next()) {
      count++;
    }
    return count;
  }
}

/** Pareto with the given median, bounded at 400 times the median: mostly small, now and then huge. */
export function paretoSize(median: number, uniform: number): number {
  const PARETO_INVERSE_SHAPE = 0.72;
  return median * Math.min(400, ((1 - uniform) * 2) ** -PARETO_INVERSE_SHAPE);
}
