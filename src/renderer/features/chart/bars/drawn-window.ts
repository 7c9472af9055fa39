import type { Candle } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import { lastIndexAt } from './last-index-at.ts';

/**
 * The chart library goes over all that it was given at each change. So it is given the newest bars, and
 * more of them as one looks further back.
 */
export const LEAST_DRAWN = 3_000;
/** So many times more than are needed may be drawn before the rest is taken away again. */
const SLACK = 4;
const ALL = Number.NEGATIVE_INFINITY;

/** Which of the bars are drawn: those from a time on. */
export class DrawnWindow {
  #fromTime = ALL;
  /** One is on the way to there: what is drawn for it stays until it is in sight. */
  #reachedTime: EpochMs | null = null;

  /** Index of the first bar that is drawn. */
  offset(bars: readonly Candle[]): number {
    if (this.#fromTime === ALL) return 0;
    return Math.max(0, lastIndexAt(bars, this.#fromTime - 1, ({ openTime }) => openTime) + 1);
  }

  /** The newest bars alone. */
  reset(bars: readonly Candle[]): void {
    this.#reachedTime = null;
    this.#startAt(bars, bars.length - LEAST_DRAWN);
  }

  /** Twice as many. Returns whether there were any more. */
  grow(bars: readonly Candle[]): boolean {
    const offset = this.offset(bars);
    if (offset === 0) return false;
    this.#startAt(bars, offset - Math.max(LEAST_DRAWN, bars.length - offset));
    return true;
  }

  /** So many that a time is among them, with as many again before it. Returns whether there were more. */
  reach(bars: readonly Candle[], time: EpochMs): boolean {
    const index = lastIndexAt(bars, time, ({ openTime }) => openTime);
    const offset = this.offset(bars);
    this.#reachedTime = time;
    if (index - LEAST_DRAWN >= offset || offset === 0) return false;
    this.#startAt(bars, index - LEAST_DRAWN);
    return true;
  }

  /** `seenFrom`: index of the first bar in sight. Returns whether far more were drawn than needed. */
  shrink(bars: readonly Candle[], seenFrom: number): boolean {
    if (this.#isOnTheWay(bars[seenFrom])) return false;
    const needed = Math.max(LEAST_DRAWN, 2 * (bars.length - seenFrom));
    if (bars.length - this.offset(bars) <= SLACK * needed) return false;
    this.#startAt(bars, bars.length - needed);
    return true;
  }

  #isOnTheWay(firstSeen: Candle | undefined): boolean {
    const isBefore = firstSeen === undefined || firstSeen.openTime > (this.#reachedTime ?? ALL);
    if (this.#reachedTime !== null && isBefore) return true;
    this.#reachedTime = null;
    return false;
  }

  #startAt(bars: readonly Candle[], index: number): void {
    this.#fromTime = index <= 0 ? ALL : (bars[index]?.openTime ?? ALL);
  }
}
