import { z } from 'zod';
import { alertRuleSchema, alertSchema, alertSilenceSchema } from './alert-model.ts';
import { backtestIdSchema, backtestViewSchema } from './backtest-requests.ts';
import {
  announcementSchema,
  bookLevelSchema,
  botIdSchema,
  botLogEntrySchema,
  botStatusSchema,
  candleIntervalSchema,
  candleSchema,
  currencyBalanceSchema,
  deskMessageSchema,
  deskPresenceSchema,
  epochMsSchema,
  feedStatusSchema,
  fillSchema,
  instrumentIdSchema,
  markedPositionSchema,
  notificationSchema,
  orderSchema,
  priceSchema,
  sideSchema,
  sizeSchema,
  wireTradeSchema,
} from './model.ts';
import { deckViewSchema } from './replay-requests.ts';
import { tapeJobSchema } from './tape-requests.ts';
import { watchlistGroupSchema } from './watchlist-requests.ts';

/**
 * What the hub pushes. Every push names its channel and carries `seq`, the offset of the last
 * publication in it, and the hub's `timestamp`. A *flow* push also carries `prevSeq`, the offset
 * before its first publication: a consumer whose last `seq` is another one has missed something.
 */
const envelope = { channel: z.string(), seq: z.number().int(), timestamp: epochMsSchema };
const flowEnvelope = { ...envelope, prevSeq: z.number().int() };

const threadCountsSchema = z.object({ running: z.number().int(), died: z.number().int() });

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
  /** A position that the exchange closed by force; `side` is that of the forced order. */
  'liquidation:new': z.object({
    ...envelope,
    symbol: instrumentIdSchema,
    side: sideSchema,
    price: priceSchema,
    /** In the base currency. */
    size: sizeSchema,
    /** The exchange's clock. */
    eventTime: epochMsSchema,
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
  /** These were read, or where `ids` is null all before it; `unread` are left. */
  'notification:read': z.object({
    ...envelope,
    ids: z.array(z.string()).nullable(),
    unread: z.number().int(),
  }),
  /** All bots of the user, by the currency that their money is in. */
  balance: z.object({ ...envelope, balances: z.array(currencyBalanceSchema) }),
  /** An alert that fired, or of which something changed: resolved, acknowledged, escalated. */
  alert: z.object({ ...envelope, ...alertSchema.shape }),
  /** What is watched for and what is silenced, complete each time. */
  'alert:rules': z.object({
    ...envelope,
    rules: z.array(alertRuleSchema),
    silences: z.array(alertSilenceSchema),
  }),
  announcement: z.object({ ...envelope, ...announcementSchema.shape }),
  'desk:message': z.object({ ...envelope, ...deskMessageSchema.shape }),
  /** Who is in the room, complete each time. */
  'desk:presence': z.object({ ...envelope, ...deskPresenceSchema.shape }),
  /** The state of every feed, complete each time. */
  'feed:status': z.object({ ...envelope, feeds: z.array(feedStatusSchema) }),
  /** Order and groups of what is watched, complete each time. */
  'watchlist:update': z.object({ ...envelope, groups: z.array(watchlistGroupSchema) }),
  /** A replay deck as it stands; while it plays, some times a second. */
  'replay:deck': z.object({ ...envelope, deck: deckViewSchema }),
  /** Which replay decks are open, complete each time. */
  'replay:decks': z.object({ ...envelope, deckIds: z.array(z.string()) }),
  /** Imports and exports, newest first, complete each time. */
  'tape:jobs': z.object({ ...envelope, jobs: z.array(tapeJobSchema) }),
  /** A backtest as it stands; each replaces the one before it of the same id. */
  'backtest:update': z.object({ ...envelope, backtest: backtestViewSchema }),
  /** It was removed, or made room for newer ones. */
  'backtest:removed': z.object({ ...envelope, backtestId: backtestIdSchema }),
  metrics: z.object({
    ...envelope,
    connections: z.number().int(),
    subscriptions: z.number().int(),
    /** Pushes sent a second, over the last period. */
    messagesPerSecond: z.number(),
    /** Since the start: refused input, refused handshakes and failures of the hub. */
    errors: z.number().int(),
    /** Channels that somebody is subscribed to. */
    rooms: z.number().int(),
    /** Connections, since the start, that came back with a position to recover from. */
    reconnections: z.number().int(),
    /** Since the start. */
    disconnections: z.number().int(),
    /** Subscriptions, since the start, that were given exactly what they had missed. */
    recovered: z.number().int(),
    /** Publications, since the start, that slow clients did not get: gap marks told them so. */
    dropped: z.number().int(),
    /** How long a newer value may replace an unsent one at present. */
    conflationWindowMs: z.number(),
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
    ledgerBytes: z.number(),
    /** Trades that wait to be written to the tape. */
    tapePending: z.number().int(),
    /** Why the tape cannot be written; null while it can. */
    tapeFailure: z.string().nullable(),
    /** Why the ledger cannot be written; null while it can. */
    ledgerFailure: z.string().nullable(),
    /** The thread in which exchanges are spoken to: how often it died, since the start. */
    exchangeWorker: z.object({ isRunning: z.boolean(), deaths: z.number().int() }),
    /** The other threads, by what they are for; `died`: by an error of their own, since the start. */
    threads: z.object({
      strategy: threadCountsSchema,
      backtest: threadCountsSchema,
      tape: threadCountsSchema,
    }),
  }),
  /** A consumer could not keep up with a *flow* channel: this many publications are not coming. */
  gap: z.object({ ...envelope, missed: z.number().int() }),
  /** The channel is no more (its bot was removed), and so is the subscription. Its name may come again. */
  ended: z.object(envelope),
} as const;

/** A price in the handshake's `compact` form: symbol, price, volume, time (the hub's clock). */
const compactPriceSchema = z.object({
  s: instrumentIdSchema,
  p: priceSchema,
  v: z.number(),
  t: epochMsSchema,
});
export type CompactPrice = z.infer<typeof compactPriceSchema>;

/** With the handshake's `batch`: all prices of a flush in one frame, each as it would come alone. */
export const priceBatchSchema = z.object({
  timestamp: epochMsSchema,
  updates: z.array(z.union([pushSchemas['price:update'], compactPriceSchema])),
});

export type PushEvent = keyof typeof pushSchemas;
export type PushPayload<E extends PushEvent> = z.infer<(typeof pushSchemas)[E]>;
/** A push with its event's name: what a consumer switches over. */
export type Push = {
  [E in PushEvent]: { readonly event: E; readonly payload: PushPayload<E> };
}[PushEvent];

export const isPushEvent = (name: string): name is PushEvent => Object.hasOwn(pushSchemas, name);
