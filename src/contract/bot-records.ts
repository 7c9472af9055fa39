import { z } from 'zod';
import { BOT_CAPABILITIES, LOG_LEVELS } from '#domain/bot.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { decimalStringSchema, positiveDecimalSchema } from './decimals.ts';
import {
  botIdSchema,
  botStateSchema,
  epochMsSchema,
  fillSchema,
  instrumentIdSchema,
  orderSchema,
  positionSchema,
} from './model.ts';
import { nameSchema } from './names.ts';

/**
 * What an external bot reports (`bot:publish`, rule X4). Ids are the bot's own. Whatever it says of
 * its money is taken as said: the hub stores and shows it, and computes only what the bot cannot
 * know (counts, and unrealised PnL of positions at the hub's last price).
 */
const idSchema = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'not 1 to 128 visible ASCII characters');
const NIL = '0' as DecimalString;
const currencySchema = z.string().regex(/^[A-Za-z0-9._-]{1,24}$/);

/** What is left out stays as it was reported before. */
const statusSchema = z.strictObject({
  state: botStateSchema.exclude(['silent']),
  /** Why it is in `error`. */
  error: z.string().max(500).nullable().default(null),
  name: nameSchema().exactOptional(),
  /** What it mainly trades. Its money is in that instrument's quote currency. */
  instrumentId: instrumentIdSchema.exactOptional(),
  cash: decimalStringSchema.exactOptional(),
  equity: decimalStringSchema.exactOptional(),
  realizedPnl: decimalStringSchema.exactOptional(),
  unrealizedPnl: decimalStringSchema.exactOptional(),
  fees: decimalStringSchema.exactOptional(),
  /** What it can be told to do, by `bot:command`. */
  capabilities: z.array(z.enum(BOT_CAPABILITIES)).max(BOT_CAPABILITIES.length).exactOptional(),
});

/** One execution: a fill of ours. */
const tradeSchema = z.strictObject({
  ...fillSchema.omit({ botId: true }).shape,
  id: idSchema,
  orderId: idSchema,
  quantity: positiveDecimalSchema,
  feeCurrency: currencySchema,
  liquidity: fillSchema.shape.liquidity.default('taker'),
  realizedPnl: decimalStringSchema.default(NIL),
});

/** The whole position in one instrument, in place of what was reported of it before. */
const reportedPositionSchema = z.strictObject({
  ...positionSchema.omit({ botId: true }).shape,
  realizedPnl: decimalStringSchema.default(NIL),
  fees: decimalStringSchema.default(NIL),
});

/** The whole order in its new state. */
const reportedOrderSchema = z.strictObject({
  ...orderSchema.omit({ botId: true }).shape,
  id: idSchema,
  quantity: positiveDecimalSchema,
  limitPrice: decimalStringSchema.nullable(),
  trailingOffset: positiveDecimalSchema.nullable().default(null),
  reason: z.string().max(500).nullable().default(null),
});

const logSchema = z.strictObject({
  level: z.enum(LOG_LEVELS),
  message: z.string().min(1).max(4_000),
  time: epochMsSchema,
});

const envelope = {
  botId: botIdSchema,
  /** Of the bot's choice, and a new one for each record: sent again with it, it counts once. */
  id: idSchema,
  /**
   * The record before it, where that has not been acknowledged yet: until it is there, this one is
   * `unavailable`, so that many can be under way and still arrive in order.
   */
  after: idSchema.exactOptional(),
};

export const botRecordSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...envelope, kind: z.literal('status'), data: statusSchema }),
  z.strictObject({ ...envelope, kind: z.literal('trade'), data: tradeSchema }),
  z.strictObject({ ...envelope, kind: z.literal('position'), data: reportedPositionSchema }),
  z.strictObject({ ...envelope, kind: z.literal('order'), data: reportedOrderSchema }),
  z.strictObject({ ...envelope, kind: z.literal('log'), data: logSchema }),
]);
export type BotRecord = z.output<typeof botRecordSchema>;
export type BotRecordInput = z.input<typeof botRecordSchema>;

/** What became of a record that is on disk. */
export interface BotRecordReceipt {
  /** It was there already: nothing was stored or told again. */
  readonly duplicate: boolean;
}

/** What a bot that runs elsewhere is told to do (`bot:command`). It answers by its next status. */
export const botCommandSchema = z.object({
  botId: botIdSchema,
  command: z.enum(BOT_CAPABILITIES),
  /** The same, however often and over however many connections it is told. */
  id: z.string(),
});
export type BotCommand = z.infer<typeof botCommandSchema>;

/** The connection over which a bot reports, as the way back to it. */
export interface BotLine {
  readonly isOpen: boolean;
  /** False where it could not be told: the connection is closed, or may no longer speak for the bot. */
  command(command: BotCommand): boolean;
}
