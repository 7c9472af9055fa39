import type { EpochMs } from '#domain/units.ts';

const MINUTE_MS = 60_000;
/** Never looked through before there are so many. */
const FEW = 256;

/**
 * How many orders were sent within the last minute, by the market's time. Keeps little more than twice as many
 * as that was at most, also where nobody asks.
 */
export class OrderRate {
  #times: EpochMs[];
  #tidyAt = FEW;

  /** `times` are those of the orders before, oldest first. */
  constructor(times: readonly EpochMs[] = []) {
    this.#times = [...times];
  }

  get times(): readonly EpochMs[] {
    return this.#times;
  }

  note(time: EpochMs): void {
    if (this.#times.length >= this.#tidyAt) this.#tidyAt = FEW + 2 * this.countAt(time);
    this.#times.push(time);
  }

  /** After a clock that jumped back, what lies ahead of it counts no longer. */
  countAt(time: EpochMs): number {
    const from = time - MINUTE_MS;
    const first = this.#times[0];
    const last = this.#times.at(-1);
    if (first !== undefined && (first <= from || (last ?? 0) > time)) {
      this.#times = this.#times.filter((one) => one > from && one <= time);
    }
    return this.#times.length;
  }
}
