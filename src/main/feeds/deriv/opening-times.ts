import type { EpochMs } from '#domain/units.ts';
import type { Asking } from './history.ts';
import type { DerivOpeningTimes } from './messages.ts';
import { readOpeningTimes } from './parse.ts';

const DAY_MS = 86_400_000;
/** Longer than any holiday. */
const DAYS_AHEAD = 7;

/** When closed markets open again, day by day, each day asked for once. */
export class OpeningTimes {
  readonly #asking: Asking;
  readonly #days = new Map<number, Promise<DerivOpeningTimes | null>>();

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  /** The first opening after `now`; null where Deriv does not tell of one within a week. */
  async next(symbol: string, now: EpochMs): Promise<EpochMs | null> {
    const today = now - (now % DAY_MS);
    for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
      const midnight = today + ahead * DAY_MS;
      const day = await this.#day(midnight);
      if (!day) return null;
      const openings = (day.get(symbol) ?? []).map((time) => midnight + time);
      const later = openings.filter((time) => time > now);
      if (later.length > 0) return Math.min(...later) as EpochMs;
    }
    return null;
  }

  #day(midnight: number): Promise<DerivOpeningTimes | null> {
    const known = this.#days.get(midnight);
    if (known) return known;
    const date = new Date(midnight).toISOString().slice(0, 10);
    const asked = this.#asking.request({ trading_times: date }, readOpeningTimes).then((answer) => {
      if (answer.ok) return answer.value;
      this.#days.delete(midnight);
      return null;
    });
    this.#days.set(midnight, asked);
    return asked;
  }
}
