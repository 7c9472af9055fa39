import type { EpochMs } from '#domain/units.ts';
import type { EquityCurveStore } from './bot-store.ts';

/** Points of a bot's curve are never closer, by the market's time. */
const FINEST_MS = 60_000;
/** Beyond so many, the curve is kept half as fine. */
const MOST_POINTS = 2_000;

export interface Spacing {
  readonly firstTime: number;
  readonly nextTime: number;
  readonly periodMs: number;
}

/**
 * When a point of a bot's equity is to be taken: every minute at first, half as often each time that
 * the curve has grown full, so that it is bounded and reaches back to its beginning.
 */
export class EquitySpacing<B extends { readonly id: string }> {
  readonly #store: Pick<EquityCurveStore, 'times' | 'thin'>;
  readonly #spacings = new WeakMap<B, Spacing>();

  constructor(store: Pick<EquityCurveStore, 'times' | 'thin'>) {
    this.#store = store;
  }

  isDue(bot: B, time: EpochMs): boolean {
    return time >= (this.#spacings.get(bot) ?? this.#begin(bot, time)).nextTime;
  }

  /** A point of this time is taken: what has become too fine is thinned out. */
  take(bot: B, time: EpochMs): void {
    const { firstTime, ...spacing } = this.#spacings.get(bot) ?? this.#begin(bot, time);
    let { periodMs } = spacing;
    while ((time - firstTime) / periodMs >= MOST_POINTS) {
      periodMs *= 2;
      this.#store.thin(bot.id, periodMs);
    }
    const nextTime = (Math.floor(time / periodMs) + 1) * periodMs;
    this.#spacings.set(bot, { firstTime, nextTime, periodMs });
  }

  /** Undefined where it has no point yet. */
  of(bot: B): Spacing | undefined {
    return this.#spacings.get(bot);
  }

  /** Goes on with a curve as it was spaced. */
  resume(bot: B, spacing: Spacing): void {
    this.#spacings.set(bot, spacing);
  }

  #begin(bot: B, time: EpochMs): Spacing {
    const known = this.#store.times(bot.id);
    const spacing = {
      firstTime: known?.first ?? time,
      nextTime: known === null ? time : known.last + FINEST_MS,
      periodMs: FINEST_MS,
    };
    this.#spacings.set(bot, spacing);
    return spacing;
  }
}
