import { decimal, toDecimalString } from '#domain/decimal.ts';
import type { EquityPoint } from '#domain/equity-point.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Bot } from './bot.ts';
import type { EquityCurveStore } from './bot-store.ts';

/** Points of a bot's curve are never closer, by the market's time. */
const FINEST_MS = 60_000;
/** Beyond so many, the curve is kept half as fine. */
const MOST_POINTS = 2_000;

interface Spacing {
  readonly firstTime: number;
  nextTime: number;
  periodMs: number;
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
    while ((time - spacing.firstTime) / spacing.periodMs >= MOST_POINTS) {
      spacing.periodMs *= 2;
      this.#store.thin(bot.id, spacing.periodMs);
    }
    spacing.nextTime = (Math.floor(time / spacing.periodMs) + 1) * spacing.periodMs;
    const equity = toDecimalString(decimal(pnl).plus(bot.config.initialCash));
    return { botId: bot.id, time, equity, pnl };
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
