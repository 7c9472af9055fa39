import { z } from 'zod';
import {
  DAILY_LOSS_ACTIONS,
  DEFAULT_LIMITS,
  DEFAULT_ORDERS_PER_MINUTE,
  type RiskLimits,
} from '#domain/risk-limits.ts';
import { type BotSchedule, CLOCK_TIME, isTimeZone } from '#domain/schedule.ts';
import { positiveDecimalSchema } from './decimals.ts';

/** Each is named; null is none. */
export const allRiskLimitsSchema = z.strictObject({
  maxPositionValue: positiveDecimalSchema.nullable(),
  maxOrderValue: positiveDecimalSchema.nullable(),
  maxDailyLoss: positiveDecimalSchema.nullable(),
  atDailyLoss: z.enum(DAILY_LOSS_ACTIONS),
  maxOpenOrders: z.number().int().min(0).max(100_000).nullable(),
  maxOrdersPerMinute: z.number().int().min(0).max(1_000_000).nullable(),
}) satisfies z.ZodType<RiskLimits>;

const limit = allRiskLimitsSchema.shape;
/** What is left out is not limited, but for the orders a minute. */
export const riskLimitsSchema = z.strictObject({
  maxPositionValue: limit.maxPositionValue.default(null),
  maxOrderValue: limit.maxOrderValue.default(null),
  maxDailyLoss: limit.maxDailyLoss.default(null),
  atDailyLoss: limit.atDailyLoss.default('stop'),
  maxOpenOrders: limit.maxOpenOrders.default(null),
  maxOrdersPerMinute: limit.maxOrdersPerMinute.default(DEFAULT_ORDERS_PER_MINUTE),
}) satisfies z.ZodType<RiskLimits>;
/** Those that are named change; null is none. */
export const riskLimitChangesSchema = z.strictObject({
  maxPositionValue: limit.maxPositionValue.exactOptional(),
  maxOrderValue: limit.maxOrderValue.exactOptional(),
  maxDailyLoss: limit.maxDailyLoss.exactOptional(),
  atDailyLoss: limit.atDailyLoss.exactOptional(),
  maxOpenOrders: limit.maxOpenOrders.exactOptional(),
  maxOrdersPerMinute: limit.maxOrdersPerMinute.exactOptional(),
}) satisfies z.ZodType<Partial<RiskLimits>>;

const SUNDAY = 0;
const SATURDAY = 6;

const clockTimeSchema = z.string().regex(CLOCK_TIME, 'not a time of day (HH:MM)');
export const scheduleSchema = z.strictObject({
  days: z
    .array(z.number().int().min(SUNDAY).max(SATURDAY))
    .min(1)
    .max(SATURDAY + 1)
    .refine((days) => new Set(days).size === days.length, 'a day is named twice')
    .readonly(),
  from: clockTimeSchema,
  to: clockTimeSchema,
  timeZone: z.string().max(64).refine(isTimeZone, 'not a time zone (IANA)'),
}) satisfies z.ZodType<BotSchedule>;

const feeBpsSchema = z.number().min(-100).max(1_000);

/** Basis points of the value traded; a negative one is a rebate. */
export const botFeesShape = { makerFeeBps: feeBpsSchema, takerFeeBps: feeBpsSchema };

/** The same as a bot is made: what is left out is what the instrument's exchange takes. */
export const newBotFeesShape = {
  makerFeeBps: feeBpsSchema.exactOptional(),
  takerFeeBps: feeBpsSchema.exactOptional(),
};

const MAX_LATENCY_MS = 60_000;
const MAX_SLIPPAGE_BPS = 1_000;
const MAX_LEVERAGE = 125;

/** How a bot trades, beside its strategy; without defaults, as it is changed. */
export const botSettingsShape = {
  latencyMs: z.number().min(0).max(MAX_LATENCY_MS),
  slippageBps: z.number().min(0).max(MAX_SLIPPAGE_BPS),
  leverage: z.number().min(1).max(MAX_LEVERAGE),
  limits: riskLimitsSchema,
  schedule: scheduleSchema.nullable(),
};

export const DEFAULT_BOT_SETTINGS = {
  latencyMs: 0,
  slippageBps: 2,
  leverage: 1,
  limits: DEFAULT_LIMITS,
  schedule: null,
} as const;

/** The same as a bot is made. */
export const newBotSettingsShape = {
  latencyMs: botSettingsShape.latencyMs.default(DEFAULT_BOT_SETTINGS.latencyMs),
  slippageBps: botSettingsShape.slippageBps.default(DEFAULT_BOT_SETTINGS.slippageBps),
  leverage: botSettingsShape.leverage.default(DEFAULT_BOT_SETTINGS.leverage),
  limits: botSettingsShape.limits.default(DEFAULT_BOT_SETTINGS.limits),
  schedule: botSettingsShape.schedule.default(DEFAULT_BOT_SETTINGS.schedule),
};
