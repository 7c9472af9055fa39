import { z } from 'zod';
import { riskLimitChangesSchema, riskLimitsSchema } from './bot-settings.ts';
import { decimalStringSchema } from './decimals.ts';
import { epochMsSchema } from './model.ts';

/** The name of a currency. */
export const currencySchema = z.string().min(1).max(24);

/** Rule X3. Merged into `requestSchemas`. */
const killSwitchSchema = z.object({
  engagedTime: epochMsSchema,
  reason: z.string(),
  /** Positions were closed as well. */
  flatten: z.boolean(),
});

/** All bots of a currency together, and what they may do. */
const currencyRiskSchema = z.object({
  currency: z.string(),
  /** Null where the settings have none. */
  limits: riskLimitsSchema.nullable(),
  /** The most that may be held, were every open order filled. */
  positionValue: decimalStringSchema,
  openOrders: z.number().int(),
  ordersLastMinute: z.number().int(),
  /** Since midnight UTC, fees and open quantity included. */
  pnlToday: decimalStringSchema,
});

const riskViewSchema = z.object({
  /** Null while it is released. */
  killSwitch: killSwitchSchema.nullable(),
  currencies: z.array(currencyRiskSchema),
});
export type RiskView = z.infer<typeof riskViewSchema>;

export const riskRequestSchemas = {
  'risk.get': { params: z.strictObject({}).optional(), result: riskViewSchema },
  /**
   * Cancels all orders and stops all bots that run here, at once; with `flatten` their positions are
   * closed. No bot is started until it is released, also after a restart. Bots that run elsewhere are
   * told to stop where they can be, also those that connect meanwhile.
   */
  'risk.kill': {
    params: z.strictObject({
      flatten: z.boolean().default(false),
      reason: z.string().trim().min(1).max(200).default('engaged by the user'),
    }),
    result: riskViewSchema,
  },
  /** What all bots of a currency may do together: those that are named change; null ends them all. */
  'risk.setLimits': {
    params: z.strictObject({ currency: currencySchema, limits: riskLimitChangesSchema.nullable() }),
    result: riskViewSchema,
  },
  'risk.release': { params: z.strictObject({}).optional(), result: riskViewSchema },
} as const satisfies Record<string, { params: z.ZodType; result: z.ZodType }>;
