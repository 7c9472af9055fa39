import { decimal, toDecimalString } from '#domain/decimal.ts';
import type { EquityPoint } from '#domain/equity-point.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Bot } from './bot.ts';
import type { EquityCurveStore } from './bot-store.ts';
import { EquitySpacing, type Spacing } from './equity-spacing.ts';
import { type EquityMoment, pnlOf, type QuarterEnd } from './equity-watch.ts';

/** One whose equity is computed when it is written. */
export interface TakenPoint extends EquityMoment {
  readonly time: EpochMs;
}

/** What of a bot's curve is to be written. */
export interface CurvePiece {
  readonly point: TakenPoint | null;
  readonly quarterEnds: readonly QuarterEnd[];
}

export function equityPointOf(botId: string, { holdings, price, time }: TakenPoint): EquityPoint {
  const pnl = pnlOf(holdings, price);
  return { botId, time, equity: toDecimalString(decimal(pnl).plus(holdings.paidIn)), pnl };
}

/** Takes a point of each bot's equity now and then, by the market's time. */
export class EquityCurve {
  readonly #spacing: EquitySpacing<Bot>;

  constructor(store: EquityCurveStore) {
    this.#spacing = new EquitySpacing(store);
  }

  /** What it is time for. */
  take(bot: Bot, time: EpochMs): CurvePiece | null {
    const quarterEnds = bot.equity.takeQuarterEnds();
    const point = this.#pointOf(bot, time);
    return point || quarterEnds.length > 0 ? { point, quarterEnds } : null;
  }

  /** The last that is known of one of which no price may come for long. */
  takeLast(bot: Bot, time: EpochMs): CurvePiece {
    const { lastMoment } = bot.equity;
    return {
      point: lastMoment && { ...lastMoment, time },
      quarterEnds: bot.equity.takeQuarterEnds(),
    };
  }

  /** Where it is time for a point and the bot has seen a price: what it is made of. */
  #pointOf(bot: Bot, time: EpochMs): TakenPoint | null {
    if (!this.#spacing.isDue(bot, time)) return null;
    const { moment } = bot.equity;
    if (moment === null) return null;
    this.#spacing.take(bot, time);
    return { ...moment, time };
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
