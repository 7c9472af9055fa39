import type { DecimalString } from './decimal.ts';

/** What happens at the daily loss: `stop` keeps the position, `flatten` closes it. */
export const DAILY_LOSS_ACTIONS = ['stop', 'flatten'] as const;
export type DailyLossAction = (typeof DAILY_LOSS_ACTIONS)[number];

/** What a bot, or all bots of one currency together, may do (rule X3). Null: no limit. */
export interface RiskLimits {
  /** Values are in the quote currency. */
  readonly maxPositionValue: DecimalString | null;
  readonly maxOrderValue: DecimalString | null;
  /** Lost since midnight UTC, fees and open quantity included. */
  readonly maxDailyLoss: DecimalString | null;
  readonly atDailyLoss: DailyLossAction;
  readonly maxOpenOrders: number | null;
  readonly maxOrdersPerMinute: number | null;
}

/** No strategy that is well places so many; one that orders in a loop does. */
export const DEFAULT_ORDERS_PER_MINUTE = 600;

/** What a bot is made with, where nothing else is said. */
export const DEFAULT_LIMITS: RiskLimits = {
  maxPositionValue: null,
  maxOrderValue: null,
  maxDailyLoss: null,
  atDailyLoss: 'stop',
  maxOpenOrders: null,
  maxOrdersPerMinute: DEFAULT_ORDERS_PER_MINUTE,
};

/** Of all bots of a currency together nothing is limited that nobody asked to be. */
export const NO_LIMITS: RiskLimits = { ...DEFAULT_LIMITS, maxOrdersPerMinute: null };
