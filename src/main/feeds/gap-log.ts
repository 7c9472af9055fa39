import type { FeedStatus } from '#contract/model.ts';
import type { GapEvent } from './instrument-watch.ts';

/** The gaps of the last outage: what a feed's status says of it. */
export class GapLog {
  #gaps: { readonly gap: GapEvent; isBackfilled: boolean }[] = [];

  /** Gaps that overlap are one outage, seen by several instruments. */
  add(gap: GapEvent): void {
    const isSame = this.#gaps.some(
      ({ gap: known }) => known.fromTime <= gap.toTime && gap.fromTime <= known.toTime,
    );
    if (!isSame) this.#gaps = [];
    this.#gaps.push({ gap, isBackfilled: false });
  }

  onBackfilled(gap: GapEvent): void {
    const known = this.#gaps.find((one) => one.gap === gap);
    if (known) known.isBackfilled = true;
  }

  clear(): void {
    this.#gaps = [];
  }

  /**
   * Of the instrument that had the shortest one: the others had been silent for longer, which is not
   * to have been cut off for longer. Backfilled, when all of them are.
   */
  last(): FeedStatus['lastGap'] {
    const gaps = this.#gaps.map(({ gap }) => gap);
    const shortest = gaps.toSorted((a, b) => a.toTime - a.fromTime - (b.toTime - b.fromTime))[0];
    if (!shortest) return null;
    const { fromTime, toTime, reason } = shortest;
    const isBackfilled = this.#gaps.every((one) => one.isBackfilled);
    return { fromTime, toTime, reason, isBackfilled };
  }
}
