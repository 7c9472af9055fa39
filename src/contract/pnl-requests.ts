import { z } from 'zod';
import { isTimeZone } from '#domain/schedule.ts';
import { decimalStringSchema } from './decimals.ts';
import { botIdSchema, currencyBalanceSchema, epochMsSchema } from './model.ts';
import { limit } from './paging.ts';

/** What bots have won and lost. Merged into `requestSchemas`. */
const MOST_DAYS = 366;

const dayPnlSchema = z.object({
  /** `YYYY-MM-DD`, of the time zone that was asked for. */
  date: z.string(),
  fromTime: epochMsSchema,
  /** Empty of instruments that do not tell it. */
  currency: z.string(),
  /**
   * The change of equity over the day, deposits apart, as the bots' curves show it: fees and open
   * quantity count. Null where no bot has a curve: those that run elsewhere have none.
   */
  pnl: decimalStringSchema.nullable(),
  /** Of the day's fills, before fees. */
  realizedPnl: decimalStringSchema,
  /** Paid in this currency. */
  fees: decimalStringSchema,
  fills: z.number().int(),
});
export type DayPnl = z.infer<typeof dayPnlSchema>;

export const pnlRequestSchemas = {
  /** All bots of the caller by currency, archived ones apart. Their drawdown is kept over a restart. */
  'balances.get': {
    params: z.strictObject({}).optional(),
    result: z.object({ balances: z.array(currencyBalanceSchema) }),
  },
  /** Of one bot or of all, newest day first: today is the first one. */
  'pnl.days': {
    params: z.strictObject({
      botId: botIdSchema.optional(),
      days: limit(MOST_DAYS).default(30),
      /** IANA: `Europe/Berlin`. */
      timeZone: z.string().max(64).refine(isTimeZone, 'not a time zone (IANA)').default('UTC'),
    }),
    result: z.object({ days: z.array(dayPnlSchema) }),
  },
} as const satisfies Record<string, { params: z.ZodType; result: z.ZodType }>;
