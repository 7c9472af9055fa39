import { z } from 'zod';
import {
  bookLevelSchema,
  botIdSchema,
  botLogEntrySchema,
  botStatusSchema,
  candleIntervalSchema,
  candleSchema,
  epochMsSchema,
  feedStatusSchema,
  fillSchema,
  instrumentIdSchema,
  markedPositionSchema,
  notificationSchema,
  orderSchema,
  priceSchema,
  wireTradeSchema,
} from './model.ts';

/**
 * What the hub pushes. Every push names its channel and carries `seq`, the offset of the last
 * publication in it, and the hub's `timestamp`. A *flow* push also carries `prevSeq`, the offset
 * before its first publication: a consumer whose last `seq` is another one has missed something.
 */
const envelope = { channel: z.string(), seq: z.number().int(), timestamp: epochMsSchema };
const flowEnvelope = { ...envelope, prevSeq: z.number().int() };

export const pushSchemas = {
  'price:update': z.object({
    ...envelope,
    symbol: instrumentIdSchema,
    price: priceSchema,
    bid: priceSchema.nullable(),
    ask: priceSchema.nullable(),
    /** Base currency, 24 h. */
    volume: z.number(),
    /** Percent over 24 h. */
    change24h: z.number(),
    high24h: priceSchema,
    low24h: priceSchema,
    /** The exchange's clock at the last trade. */
    eventTime: epochMsSchema,
  }),
  'trade:new': z.object({
    ...flowEnvelope,
    symbol: instrumentIdSchema,
    trades: z.array(wireTradeSchema),
  }),
  'orderbook:update': z.object({
    ...flowEnvelope,
    symbol: instrumentIdSchema,
    /** `lost`: there is no book that could be trusted; a snapshot will follow. */
    kind: z.enum(['snapshot', 'delta', 'lost']),
    bids: z.array(bookLevelSchema),
    asks: z.array(bookLevelSchema),
    /** The exchange's sequence; null while the book is lost. */
    sequence: z.number().nullable(),
  }),
  'candle:update': z.object({
    ...envelope,
    symbol: instrumentIdSchema,
    interval: candleIntervalSchema,
    candle: candleSchema,
  }),
  'bot:status': z.object({ ...envelope, ...botStatusSchema.shape }),
  'bot:trade': z.object({ ...envelope, botId: botIdSchema, trade: fillSchema }),
  'bot:position': z.object({ ...envelope, botId: botIdSchema, position: markedPositionSchema }),
  'bot:order': z.object({ ...envelope, botId: botIdSchema, order: orderSchema }),
  'bot:log': z.object({ ...envelope, ...botLogEntrySchema.shape }),
  notification: z.object({ ...envelope, ...notificationSchema.shape }),
  /** The state of every feed, complete each time. */
  'feed:status': z.object({ ...envelope, feeds: z.array(feedStatusSchema) }),
  metrics: z.object({
    ...envelope,
    connections: z.number().int(),
    subscriptions: z.number().int(),
    /** Pushes sent a second, over the last period. */
    messagesPerSecond: z.number(),
    errors: z.number().int(),
    /** Resident set, bytes. */
    memory: z.number(),
    /** Share of one core, 0–1, over the last period. */
    cpu: z.number(),
    /** Seconds. */
    uptime: z.number(),
    /** Event-loop delay, milliseconds, over the last period. */
    eventLoopDelayP50: z.number(),
    eventLoopDelayP99: z.number(),
    /** Publish to send, milliseconds, over the last period. */
    latencyP50: z.number(),
    latencyP95: z.number(),
    latencyP99: z.number(),
    tapeTrades: z.number().int(),
    /** Bytes on disk. */
    tapeBytes: z.number(),
  }),
  /** A consumer could not keep up with a *flow* channel: this many publications are not coming. */
  gap: z.object({ ...envelope, missed: z.number().int() }),
} as const;

export type PushEvent = keyof typeof pushSchemas;
export type PushPayload<E extends PushEvent> = z.infer<(typeof pushSchemas)[E]>;
/** A push with its event's name: what a consumer switches over. */
export type Push = {
  [E in PushEvent]: { readonly event: E; readonly payload: PushPayload<E> };
}[PushEvent];

export const isPushEvent = (name: string): name is PushEvent => Object.hasOwn(pushSchemas, name);
