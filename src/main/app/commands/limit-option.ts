import { type Command, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import { riskLimitsSchema } from '#contract/bot-settings.ts';
import { positiveDecimalSchema } from '#contract/decimals.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { DAILY_LOSS_ACTIONS, type DailyLossAction, type RiskLimits } from '#domain/risk-limits.ts';

/** How no limit is said on the command line; left out, a limit stays as it is. */
export const NONE = 'none';
export type OrNone<T> = T | typeof NONE;

/** Risk limits as they are given: of one bot, or of all bots of a currency. */
export interface LimitOptions {
  readonly maxPosition?: OrNone<DecimalString>;
  readonly maxOrder?: OrNone<DecimalString>;
  readonly maxDailyLoss?: OrNone<DecimalString>;
  readonly atDailyLoss?: DailyLossAction;
  readonly maxOpenOrders?: OrNone<number>;
  readonly maxOrdersPerMinute?: OrNone<number>;
}

function parseValue(text: string): OrNone<DecimalString> {
  if (text === NONE) return NONE;
  const value = positiveDecimalSchema.safeParse(text);
  if (!value.success) throw new InvalidArgumentError(`A value is like 1000 or 12.5, or ${NONE}.`);
  return value.data;
}

const countOf =
  (schema: z.ZodNumber) =>
  (text: string): OrNone<number> => {
    if (text === NONE) return NONE;
    const count = schema.safeParse(/^\d+$/.test(text) ? Number(text) : text);
    if (count.success) return count.data;
    throw new InvalidArgumentError(`A whole number up to ${schema.maxValue}, or ${NONE}.`);
  };

const { maxOpenOrders, maxOrdersPerMinute } = riskLimitsSchema.shape;
const parseOpenOrders = countOf(maxOpenOrders.unwrap().unwrap());
const parseOrdersPerMinute = countOf(maxOrdersPerMinute.unwrap().unwrap());

export const addLimitOptions = (command: Command): Command =>
  command
    .option('--max-position <value>', 'most that may be held', parseValue)
    .option('--max-order <value>', 'largest order', parseValue)
    .option('--max-daily-loss <value>', 'largest loss since midnight UTC', parseValue)
    .addOption(new Option('--at-daily-loss <action>', 'at that loss').choices(DAILY_LOSS_ACTIONS))
    .option('--max-open-orders <count>', 'most orders at once', parseOpenOrders)
    .option('--max-orders-per-minute <count>', 'most orders in a minute', parseOrdersPerMinute);

/** Those that were given. */
export const limitsOf = (given: LimitOptions): Partial<RiskLimits> => ({
  ...(given.maxPosition !== undefined && { maxPositionValue: orNull(given.maxPosition) }),
  ...(given.maxOrder !== undefined && { maxOrderValue: orNull(given.maxOrder) }),
  ...(given.maxDailyLoss !== undefined && { maxDailyLoss: orNull(given.maxDailyLoss) }),
  ...(given.atDailyLoss !== undefined && { atDailyLoss: given.atDailyLoss }),
  ...(given.maxOpenOrders !== undefined && { maxOpenOrders: orNull(given.maxOpenOrders) }),
  ...(given.maxOrdersPerMinute !== undefined && {
    maxOrdersPerMinute: orNull(given.maxOrdersPerMinute),
  }),
});

export const orNull = <T>(given: OrNone<T>): T | null => (given === NONE ? null : (given as T));
