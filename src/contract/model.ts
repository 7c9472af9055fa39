import { z } from 'zod';
import type { Announcement } from '#domain/announcement.ts';
import type { CurrencyBalance } from '#domain/balance.ts';
import {
  BOT_CAPABILITIES,
  BOT_STATES,
  type BotConfig,
  type BotLogEntry,
  type BotStatus,
  LOG_LEVELS,
  PAUSERS,
} from '#domain/bot.ts';
import { CANDLE_INTERVALS, type Candle } from '#domain/candle.ts';
import type { DeskMessage, DeskPresence } from '#domain/desk.ts';
import type { EquityPoint } from '#domain/equity-point.ts';
import type { FeedState } from '#domain/feed.ts';
import type { Fill } from '#domain/fill.ts';
import {
  INSTRUMENT_ID,
  type Instrument,
  type InstrumentId,
  isInstrumentId,
} from '#domain/instrument.ts';
import { type Notification, SEVERITIES } from '#domain/notification.ts';
import { ORDER_STATUSES, ORDER_TYPES, type Order, TIMES_IN_FORCE } from '#domain/order.ts';
import type { BookLevel } from '#domain/order-book.ts';
import type { Position } from '#domain/position.ts';
import {
  type EpochMs,
  isEpochMs,
  isPrice,
  isSize,
  MAX_EPOCH_MS,
  type Price,
  type Size,
} from '#domain/units.ts';
import { riskLimitsSchema, scheduleSchema } from './bot-settings.ts';
import { decimalStringSchema } from './decimals.ts';

/**
 * Schemas of the domain's words, for what crosses a boundary. `satisfies` keeps the two in step.
 * `meta` says in JSON Schema what a custom check cannot: the OpenAPI document is made from it.
 */

export const instrumentIdSchema = z
  .custom<InstrumentId>(
    (value) => typeof value === 'string' && isInstrumentId(value),
    'not an instrument id (exchange:symbol)',
  )
  .meta({
    type: 'string',
    pattern: INSTRUMENT_ID.source,
    description: 'exchange:symbol with the unified symbol',
    examples: ['binance:BTC/USDT', 'binance:BTC/USDT:USDT', 'demo:BTC/USDT'],
  });
export const epochMsSchema = z
  .custom<EpochMs>(
    (value) => typeof value === 'number' && isEpochMs(value),
    'not a time in epoch milliseconds',
  )
  .meta({
    type: 'number',
    minimum: 0,
    exclusiveMaximum: MAX_EPOCH_MS,
    description: 'Milliseconds since 1970-01-01T00:00:00Z',
    examples: [1_723_161_254_000],
  });
export const priceSchema = z
  .custom<Price>((value) => typeof value === 'number' && isPrice(value), 'not a price')
  .meta({ type: 'number', description: 'A price of market data, in the quote currency' });
export const sizeSchema = z
  .custom<Size>((value) => typeof value === 'number' && isSize(value), 'not a size')
  .meta({
    type: 'number',
    minimum: 0,
    description: 'A size of market data, in the base currency or contracts',
  });
export const sideSchema = z.enum(['buy', 'sell']);
export const candleIntervalSchema = z.enum(CANDLE_INTERVALS);
export const botStateSchema = z.enum(BOT_STATES);
export const botIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export const bookLevelSchema: z.ZodType<BookLevel> = z.tuple([z.number(), z.number()]);

export const instrumentSchema = z.object({
  id: instrumentIdSchema,
  exchange: z.string(),
  symbol: z.string(),
  base: z.string(),
  quote: z.string(),
  priceIncrement: z.number().positive(),
  sizeIncrement: z.number().positive(),
  /** Least value of an order, in the quote currency; null where the exchange did not tell. */
  minNotional: z.number().nullable().default(null),
  makerFeeBps: z.number().nullable().default(null),
  takerFeeBps: z.number().nullable().default(null),
  /** There is something to hear on `symbol:{id}:liquidations`. */
  tellsLiquidations: z.boolean().exactOptional(),
}) satisfies z.ZodType<Instrument>;

/** A public print on the wire: the domain's Trade without what its channel already says. */
export const wireTradeSchema = z.object({
  id: z.string(),
  price: priceSchema,
  size: sizeSchema,
  /** The aggressor's. */
  side: sideSchema,
  /** The exchange's clock, epoch milliseconds. */
  timestamp: epochMsSchema,
});
export type WireTrade = z.infer<typeof wireTradeSchema>;

export const candleSchema = z.object({
  openTime: epochMsSchema,
  open: priceSchema,
  high: priceSchema,
  low: priceSchema,
  close: priceSchema,
  volume: z.number(),
  /** Null, as the number of trades, where the exchange did not tell. */
  buyVolume: z.number().nullable(),
  tradeCount: z.number().int().nullable(),
  isClosed: z.boolean(),
}) satisfies z.ZodType<Candle>;

const feedStateSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('connecting'),
    attempt: z.number().int(),
    nextTryTime: epochMsSchema.nullable(),
  }),
  z.object({ kind: z.literal('live') }),
  z.object({ kind: z.literal('stale'), sinceTime: epochMsSchema }),
  z.object({
    kind: z.literal('disconnected'),
    reason: z.string(),
    nextTryTime: epochMsSchema.nullable(),
  }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
  z.object({ kind: z.literal('ended') }),
  z.object({ kind: z.literal('closed'), untilTime: epochMsSchema.nullable() }),
]) satisfies z.ZodType<FeedState>;

/** One feed as the screen shows it. */
export const feedStatusSchema = z.object({
  id: z.string(),
  exchange: z.string(),
  /** How it was asked for: `demo`, `replay:FILE@10`, … */
  spec: z.string(),
  state: feedStateSchema,
  instruments: z.array(
    z.object({
      id: instrumentIdSchema,
      state: feedStateSchema,
      lastEventTime: epochMsSchema.nullable(),
    }),
  ),
  /**
   * How late events come, milliseconds: the median of the last ones, with the clocks' offset taken
   * out. Where the offset was not measured, the least that it can be. Null for a recording.
   */
  lagMs: z.number().nullable(),
  /** The exchange's clock minus ours, milliseconds; null where it was not measured. */
  clockOffsetMs: z.number().nullable(),
  /** The offset is off by no more than this. */
  clockUncertaintyMs: z.number().nullable(),
  /** The last stretch that was missed; backfilled where the exchange told of all of it afterwards. */
  lastGap: z
    .object({
      fromTime: epochMsSchema,
      toTime: epochMsSchema,
      reason: z.string(),
      isBackfilled: z.boolean(),
    })
    .nullable(),
  tradesPerMinute: z.number(),
  reconnects: z.number().int(),
  /** Events rejected at the parser, and the first few with their place. */
  rejected: z.number().int(),
  rejectedSamples: z.array(z.object({ line: z.number().int().nullable(), reason: z.string() })),
});
export type FeedStatus = z.infer<typeof feedStatusSchema>;

/** The defaults are for bots that know of nothing but market and limit orders. */
export const orderSchema = z.object({
  id: z.string(),
  botId: botIdSchema,
  instrumentId: instrumentIdSchema,
  type: z.enum(ORDER_TYPES),
  side: sideSchema,
  quantity: decimalStringSchema,
  /** Of limit and stop-limit orders, else null. */
  limitPrice: decimalStringSchema.nullable(),
  /** Of stops, else null; of a trailing stop where it stands now. */
  triggerPrice: decimalStringSchema.nullable().default(null),
  /** How far a trailing stop stays behind the best price, in the quote currency. */
  trailingOffset: decimalStringSchema.nullable().default(null),
  /** When the stop was reached; null while it waits. */
  triggeredTime: epochMsSchema.nullable().default(null),
  timeInForce: z.enum(TIMES_IN_FORCE).default('gtc'),
  /** Refused where it would trade at once. */
  postOnly: z.boolean().default(false),
  /** Never makes the position larger, nor turns it. */
  reduceOnly: z.boolean().default(false),
  /** One of a group fills or is triggered: the others are canceled. */
  ocoGroup: z.string().max(64).nullable().default(null),
  /** What the strategy said it is for. */
  why: z.string().max(500).nullable().default(null),
  status: z.enum(ORDER_STATUSES),
  filledQuantity: decimalStringSchema,
  reason: z.string().nullable(),
  createdTime: epochMsSchema,
  updatedTime: epochMsSchema,
}) satisfies z.ZodType<Order>;

/** As it stands here: of a bot that runs elsewhere `{botId}:{id}`, up to 193 characters (rule X4.7). */
export const fillIdSchema = z.string().min(1).max(200);

export const fillSchema = z.object({
  id: z.string(),
  botId: botIdSchema,
  orderId: z.string(),
  instrumentId: instrumentIdSchema,
  side: sideSchema,
  quantity: decimalStringSchema,
  price: decimalStringSchema,
  fee: decimalStringSchema,
  feeCurrency: z.string(),
  liquidity: z.enum(['maker', 'taker']),
  realizedPnl: decimalStringSchema,
  eventTime: epochMsSchema,
}) satisfies z.ZodType<Fill>;

export const positionSchema = z.object({
  botId: botIdSchema,
  instrumentId: instrumentIdSchema,
  quantity: decimalStringSchema,
  cost: decimalStringSchema,
  averagePrice: decimalStringSchema.nullable(),
  realizedPnl: decimalStringSchema,
  fees: decimalStringSchema,
  updatedTime: epochMsSchema,
}) satisfies z.ZodType<Position>;

/** A position with what it would realise at the last price. */
export const markedPositionSchema = positionSchema.extend({
  unrealizedPnl: decimalStringSchema,
});
export type MarkedPosition = z.infer<typeof markedPositionSchema>;

export const notificationSchema = z.object({
  id: z.string(),
  kind: z.enum(['fill', 'bot', 'feed', 'alert', 'announcement', 'system']),
  severity: z.enum(SEVERITIES),
  title: z.string(),
  body: z.string(),
  source: z.object({
    botId: botIdSchema.exactOptional(),
    fillId: z.string().exactOptional(),
    alertId: z.string().exactOptional(),
  }),
  /** Whether it is heard as well as seen; where it is not said, as the shell does. */
  sound: z.boolean().exactOptional(),
  read: z.boolean(),
  createdTime: epochMsSchema,
}) satisfies z.ZodType<Notification>;

export const botConfigSchema = z.object({
  id: botIdSchema,
  name: z.string(),
  strategy: z.string(),
  instrumentId: instrumentIdSchema,
  params: z.record(z.string(), z.unknown()),
  initialCash: decimalStringSchema,
  makerFeeBps: z.number(),
  takerFeeBps: z.number(),
  latencyMs: z.number(),
  slippageBps: z.number(),
  leverage: z.number(),
  limits: riskLimitsSchema,
  schedule: scheduleSchema.nullable(),
  createdTime: epochMsSchema,
  archivedTime: epochMsSchema.nullable(),
}) satisfies z.ZodType<BotConfig>;

export const botStatusSchema = z.object({
  botId: botIdSchema,
  state: botStateSchema,
  pausedBy: z.enum(PAUSERS).nullable(),
  error: z.string().nullable(),
  reason: z.string().nullable(),
  equity: decimalStringSchema,
  cash: decimalStringSchema,
  realizedPnl: decimalStringSchema,
  unrealizedPnl: decimalStringSchema,
  fees: decimalStringSchema,
  drawdown: decimalStringSchema,
  maxDrawdown: decimalStringSchema,
  pnlToday: decimalStringSchema,
  openOrders: z.number().int(),
  fillCount: z.number().int(),
  lastFillTime: epochMsSchema.nullable(),
  capabilities: z.array(z.enum(BOT_CAPABILITIES)).readonly().exactOptional(),
}) satisfies z.ZodType<BotStatus>;

export const equityPointSchema = z.object({
  botId: botIdSchema,
  time: epochMsSchema,
  equity: decimalStringSchema,
  pnl: decimalStringSchema,
}) satisfies z.ZodType<EquityPoint>;

export const botLogEntrySchema = z.object({
  botId: botIdSchema,
  level: z.enum(LOG_LEVELS),
  message: z.string(),
  time: epochMsSchema,
}) satisfies z.ZodType<BotLogEntry>;

/** In one currency; see `CurrencyBalance`. */
export const currencyBalanceSchema = z.object({
  currency: z.string().nullable(),
  cash: decimalStringSchema,
  equity: decimalStringSchema,
  realizedPnl: decimalStringSchema,
  unrealizedPnl: decimalStringSchema,
  fees: decimalStringSchema,
  pnlToday: decimalStringSchema,
  drawdown: decimalStringSchema,
  maxDrawdown: decimalStringSchema,
  bots: z.number().int(),
}) satisfies z.ZodType<CurrencyBalance>;

export const announcementSchema = z.object({
  id: z.string(),
  severity: z.enum(SEVERITIES),
  title: z.string(),
  body: z.string(),
  createdTime: epochMsSchema,
}) satisfies z.ZodType<Announcement>;

export const deskMessageSchema = z.object({
  id: z.string(),
  room: z.string(),
  userId: z.string(),
  text: z.string(),
  time: epochMsSchema,
}) satisfies z.ZodType<DeskMessage>;

export const deskPresenceSchema = z.object({
  room: z.string(),
  userIds: z.array(z.string()),
}) satisfies z.ZodType<DeskPresence>;
