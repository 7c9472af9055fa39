import { decimal, toDecimalString } from '#domain/decimal.ts';
import type { EquityPoint } from '#domain/equity-point.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Bot } from './bot.ts';
import type { EquityCurveStore } from './bot-store.ts';
import { EquitySpacing, type Spacing } from './equity-spacing.ts';

/** Takes a point of each bot's equity now and then, by the market's time. */
export class EquityCurve {
  readonly #spacing: EquitySpacing<Bot>;

  constructor(store: EquityCurveStore) {
    this.#spacing = new EquitySpacing(store);
  }

  /** Where it is time for one; the bot has seen a price. */
  pointOf(bot: Bot, time: EpochMs): EquityPoint | null {
    if (!this.#spacing.isDue(bot, time)) return null;
    const { pnl } = bot.equity;
    if (pnl === null) return null;
    this.#spacing.take(bot, time);
    const equity = toDecimalString(decimal(pnl).plus(bot.config.initialCash));
    return { botId: bot.id, time, equity, pnl };
  }

  /** Undefined where it has no point yet. */
  spacingOf(bot: Bot): Spacing | undefined {
    return this.#spacing.of(bot);
  }

  /** Goes on with a curve as it was spaced. */
  resume(bot: Bot, spacing: Spacing): void {
    this.#spacing.resume(bot, spacing);
  }
}
