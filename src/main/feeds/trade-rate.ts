import type { EpochMs } from '#domain/units.ts';

const SECONDS = 60;

/** Counts trades of the last minute, in buckets of a second. */
export class TradeRate {
  readonly #buckets = new Array<number>(SECONDS).fill(0);
  #second = 0;

  add(now: EpochMs): void {
    this.#advance(now);
    const index = this.#second % SECONDS;
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
  }

  perMinute(now: EpochMs): number {
    this.#advance(now);
    return this.#buckets.reduce((sum, count) => sum + count, 0);
  }

  /** Empties the buckets of the seconds that have passed. A clock set back changes nothing. */
  #advance(now: EpochMs): void {
    const second = Math.floor(now / 1_000);
    if (second <= this.#second) return;
    const passed = Math.min(SECONDS, second - this.#second);
    for (let i = 0; i < passed; i++) this.#buckets[(second - i) % SECONDS] = 0;
    this.#second = second;
  }
}
