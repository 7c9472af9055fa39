import { decimal, toDecimalString } from '#domain/decimal.ts';
import type { EquityPoint } from '#domain/equity-point.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Bot } from './bot.ts';
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
 * Takes a point of each bot's equity now and then: every minute at first, half as often each time
 * that the curve has grown full, so that it is bounded and reaches back to its beginning.
 */
export class EquityCurve {
  readonly #store: EquityCurveStore;
  readonly #spacings = new WeakMap<Bot, Spacing>();

  constructor(store: EquityCurveStore) {
    this.#store = store;
  }

  /** Where it is time for one; the bot has seen a price. */
  pointOf(bot: Bot, time: EpochMs): EquityPoint | null {
    const spacing = this.#spacings.get(bot) ?? this.#begin(bot, time);
    if (time < spacing.nextTime) return null;
    const { pnl } = bot.equity;
    if (pnl === null) return null;
    const { firstTime } = spacing;
    let { periodMs } = spacing;
    while ((time - firstTime) / periodMs >= MOST_POINTS) {
      periodMs *= 2;
      this.#store.thin(bot.id, periodMs);
    }
    const nextTime = (Math.floor(time / periodMs) + 1) * periodMs;
    this.#spacings.set(bot, { firstTime, nextTime, periodMs });
    const equity = toDecimalString(decimal(pnl).plus(bot.config.initialCash));
    return { botId: bot.id, time, equity, pnl };
  }

  /** Undefined where it has no point yet. */
  spacingOf(bot: Bot): Spacing | undefined {
    return this.#spacings.get(bot);
  }

  /** Goes on with a curve as it was spaced. */
  resume(bot: Bot, spacing: Spacing): void {
    this.#spacings.set(bot, spacing);
  }

  #begin(bot: Bot, time: EpochMs): Spacing {
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
