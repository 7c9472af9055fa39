import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { INSTRUMENTS, instrumentIdOf } from './setting.ts';

const FIRST_PRICE = 1_000;
const TICK = 0.01;
/** So that a price wanders by about half a percent in a minute of 250 trades a second. */
const MOST_TICKS = 7;
const SEED = 20_261_128;

/** Numerical Recipes' linear congruential generator: the same trades in every run. */
const nextSeed = (seed: number): number => (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
const SEEDS = 2 ** 32;

/** Invented trades, of each instrument in turn: a random walk with drifts that come and go. */
export class InventedTrades {
  readonly #ticks = new Int32Array(INSTRUMENTS).fill(FIRST_PRICE / TICK);
  #seed = SEED;
  #count = 0;

  /** Number `index` of the run, as it happens at `time`. */
  next(time: EpochMs): Trade {
    const index = this.#count++;
    const instrument = index % INSTRUMENTS;
    const drift = Math.sin(time / 9_000 + instrument) / 2;
    const step = Math.round((this.#random() - 0.5 + drift * 0.05) * 2 * MOST_TICKS);
    const ticks = Math.max(1, (this.#ticks[instrument] ?? 0) + step);
    this.#ticks[instrument] = ticks;
    return {
      instrumentId: instrumentIdOf(instrument),
      id: String(index),
      price: Number((ticks * TICK).toFixed(2)) as Price,
      size: (Math.ceil(this.#random() * 500) / 1_000) as Size,
      aggressorSide: step >= 0 ? 'buy' : 'sell',
      eventTime: time,
      receivedTime: time,
    };
  }

  #random(): number {
    this.#seed = nextSeed(this.#seed);
    return this.#seed / SEEDS;
  }
}
