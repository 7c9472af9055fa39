import { z } from 'zod';
import { SEVERITIES } from '#domain/notification.ts';
import { alertRequestSchemas } from './alert-requests.ts';
import { backtestRequestSchemas } from './backtest-requests.ts';
import {
  allRiskLimitsSchema,
  botFeesShape,
  botSettingsShape,
  newBotFeesShape,
  newBotSettingsShape,
  riskLimitChangesSchema,
} from './bot-settings.ts';
import { decimalStringSchema } from './decimals.ts';
import { exchangeRequestSchemas } from './exchange-requests.ts';
import { hubLimitsRequestSchemas } from './hub-limits.ts';
import { inspectionRequestSchemas } from './inspection-requests.ts';
import { journalRequestSchemas } from './journal-requests.ts';
import {
  announcementSchema,
  bookLevelSchema,
  botConfigSchema,
  botIdSchema,
  botLogEntrySchema,
  botStatusSchema,
  candleIntervalSchema,
  candleSchema,
  epochMsSchema,
  equityPointSchema,
  feedStatusSchema,
  instrumentIdSchema,
  markedPositionSchema,
  notificationSchema,
  wireTradeSchema,
} from './model.ts';
import { nameSchema } from './names.ts';
import { limit, page, pageOf } from './paging.ts';
import { pnlRequestSchemas } from './pnl-requests.ts';
import { replayRequestSchemas } from './replay-requests.ts';
import { currencySchema, riskRequestSchemas } from './risk-requests.ts';
import { SCOPES, scopeSchema, userIdSchema } from './scopes.ts';
import { tapeRequestSchemas } from './tape-requests.ts';
import { tradingRequestSchemas } from './trading-requests.ts';
import { watchlistRequestSchemas } from './watchlist-requests.ts';

/**
 * One-off operations: the same over Socket.IO (`request`), the desktop's bridge and later REST.
 * Lists come newest first, with `before` as their cursor, unless said otherwise.
 */
const none = z.strictObject({}).optional();
const botOnly = z.strictObject({ botId: botIdSchema });

const botViewSchema = z.object({
  config: botConfigSchema,
  status: botStatusSchema,
  position: markedPositionSchema,
});
export type BotView = z.infer<typeof botViewSchema>;

const botDraft = {
  name: nameSchema(),
  params: z.record(z.string(), z.unknown()),
  initialCash: decimalStringSchema,
  ...botFeesShape,
};

/** One of a strategy's parameters, so that a form can be made from it. */
const strategyParameterSchema = z.object({
  name: z.string(),
  label: z.string(),
  description: z.string(),
  kind: z.enum(['number', 'integer', 'decimal', 'choice', 'boolean']),
  /** Empty where it has none. */
  unit: z.string(),
  default: z.union([z.number(), z.string(), z.boolean()]),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  /** Of a choice, else null. */
  options: z.array(z.string()).nullable(),
  /**
   * It can be changed while the bot runs: when that takes effect, as it follows "takes effect ". Null
   * where the bot has to be stopped first.
   */
  whileRunning: z.string().nullable(),
});
const strategySchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  parameters: z.array(strategyParameterSchema),
});
export type StrategyDescription = z.infer<typeof strategySchema>;

/** Two years. */
const MAX_TOKEN_LIFETIME_SECONDS = 2 * 366 * 24 * 3_600;

/** What is kept of a token that was issued. */
export const tokenInfoSchema = z.object({
  id: z.string(),
  userId: z.string(),
  scopes: z.array(scopeSchema),
  /** Null: of the owner every bot, of another user none. */
  botIds: z.array(z.string()).nullable(),
  issuedTime: epochMsSchema,
  expiryTime: epochMsSchema,
  revokedTime: epochMsSchema.nullable(),
  /** To the minute. */
  lastUsedTime: epochMsSchema.nullable(),
});
export type TokenInfo = z.infer<typeof tokenInfoSchema>;

/** What the owner decides, and may change while the hub runs. */
export const settingsSchema = z.strictObject({
  /** Public channels (prices, announcements) are open without a token. */
  allowAnonymous: z.boolean(),
  /** Metrics are shown with the owner's token only, also on this machine. */
  metricsNeedToken: z.boolean(),
  /** Older blocks of the tape are deleted. Null: kept as long as there is room. */
  tapeMaxAgeDays: z.number().positive().max(36_500).nullable(),
  /** The oldest blocks of the tape are deleted beyond this size. Null: as large as there is room. */
  tapeMaxBytes: z.number().int().min(1_048_576).nullable(),
  /** What all bots may do together whose money is in a currency, by its name. */
  riskLimits: z.record(currencySchema, allRiskLimitsSchema),
});
export type Settings = z.infer<typeof settingsSchema>;

export const requestSchemas = {
  'system.info': {
    params: none,
    result: z.object({
      version: z.string(),
      protocol: z.number().int(),
      /** `desktop`: native notifications come from the shell; `serve`: the page raises them. */
      mode: z.enum(['desktop', 'serve']),
      userId: z.string(),
      startedTime: epochMsSchema,
    }),
  },
  'health.get': {
    params: none,
    result: z.object({
      status: z.enum(['ok', 'degraded']),
      database: z.enum(['ok', 'failed']),
      feeds: z.array(feedStatusSchema),
      /** Event-loop delay p99 over the last period, milliseconds. */
      eventLoopDelayP99: z.number(),
    }),
  },
  'feeds.list': { params: none, result: z.object({ feeds: z.array(feedStatusSchema) }) },
  'feeds.add': {
    params: z.strictObject({ spec: z.string().min(1).max(4_096) }),
    result: feedStatusSchema,
  },
  /**
   * Replaces what a feed is asked to carry, in its place. Where the new spec can never work the feed
   * stays as it is. What it goes on carrying is interrupted, which its tape shows as a gap.
   */
  'feeds.change': {
    params: z.strictObject({ feedId: z.string(), spec: z.string().min(1).max(4_096) }),
    result: feedStatusSchema,
  },
  'feeds.remove': {
    params: z.strictObject({ feedId: z.string() }),
    result: z.object({ feedId: z.string() }),
  },
  'feeds.restart': {
    params: z.strictObject({ feedId: z.string() }),
    result: z.object({ feedId: z.string() }),
  },
  /** Oldest first. The last one may be in progress. */
  'candles.get': {
    params: z.strictObject({
      instrumentId: instrumentIdSchema,
      interval: candleIntervalSchema,
      limit: limit(5_000).default(500),
      /** Only candles that opened before this time. */
      before: epochMsSchema.optional(),
    }),
    result: z.object({ candles: z.array(candleSchema) }),
  },
  /** Oldest first, from the tape. */
  'trades.get': {
    params: z.strictObject({
      instrumentId: instrumentIdSchema,
      fromTime: epochMsSchema.optional(),
      /** Exclusive. */
      toTime: epochMsSchema.optional(),
      limit: limit(50_000).default(1_000),
    }),
    result: z.object({ trades: z.array(wireTradeSchema) }),
  },
  'orderbook.get': {
    params: z.strictObject({ instrumentId: instrumentIdSchema, depth: limit(5_000).default(50) }),
    result: z.object({
      bids: z.array(bookLevelSchema),
      asks: z.array(bookLevelSchema),
      sequence: z.number(),
    }),
  },
  /** Those in sight, or the archived ones. */
  'bots.list': {
    params: z.strictObject({ archived: z.boolean().default(false) }).optional(),
    result: z.object({ bots: z.array(botViewSchema) }),
  },
  'strategies.list': {
    params: none,
    result: z.object({
      strategies: z.array(strategySchema),
      /** Files of the user's that cannot be used as they now are. */
      problems: z.array(
        z.object({
          strategyId: z.string(),
          file: z.string(),
          message: z.string(),
          /** Whether a version of before goes on. */
          hasVersion: z.boolean(),
        }),
      ),
    }),
  },
  'bots.get': { params: botOnly, result: botViewSchema },
  'bots.create': {
    params: z.strictObject({
      ...botDraft,
      ...newBotFeesShape,
      ...newBotSettingsShape,
      strategy: z.string(),
      instrumentId: instrumentIdSchema,
      /** Starts it at once. */
      start: z.boolean().default(true),
    }),
    result: botViewSchema,
  },
  /**
   * Parameters change while it is stopped, but for those that its strategy takes at any time;
   * everything else at any time. A change of cash is a deposit, never a profit. A limit or
   * parameter that is not named stays as it is.
   */
  'bots.update': {
    params: z.strictObject({
      botId: botIdSchema,
      changes: z
        .strictObject({ ...botDraft, ...botSettingsShape, limits: riskLimitChangesSchema })
        .partial(),
    }),
    result: botViewSchema,
  },
  /** Of the same settings, with nothing done yet. It is stopped. */
  'bots.clone': {
    params: z.strictObject({ botId: botIdSchema, name: botDraft.name.optional() }),
    result: botViewSchema,
  },
  /** Also lets a bot go on that the user paused. */
  'bots.start': { params: botOnly, result: botViewSchema },
  /**
   * Keeps its position, and sends nothing until it is started. Its orders leave the market, and come
   * back at the end of their queues when it goes on (`keep`), or are canceled for good.
   */
  'bots.pause': {
    params: z.strictObject({
      botId: botIdSchema,
      orders: z.enum(['keep', 'cancel']).default('keep'),
    }),
    result: botViewSchema,
  },
  /**
   * Cancels its open orders. `flatten` closes its position by market orders as well: it is stopped
   * when it is flat, or says why it cannot be.
   */
  'bots.stop': {
    params: z.strictObject({
      botId: botIdSchema,
      position: z.enum(['keep', 'flatten']).default('keep'),
    }),
    result: botViewSchema,
  },
  /** Out of sight, with its history kept: only a stopped bot that holds nothing. */
  'bots.archive': { params: botOnly, result: botViewSchema },
  'bots.unarchive': { params: botOnly, result: botViewSchema },
  /** Only a stopped bot; its orders and fills go with it. */
  'bots.remove': { params: botOnly, result: z.object({ botId: botIdSchema }) },
  /** Its curve, oldest first: a point a minute at first, fewer as it grows. */
  'bots.equity': {
    params: z.strictObject({
      botId: botIdSchema,
      fromTime: epochMsSchema.optional(),
      /** Exclusive. */
      toTime: epochMsSchema.optional(),
    }),
    result: z.object({ points: z.array(equityPointSchema.omit({ botId: true })) }),
  },
  'bots.logs': {
    params: z.strictObject({
      botId: botIdSchema,
      ...pageOf(1_000),
      limit: limit(1_000).default(200),
    }),
    result: z.object({ entries: z.array(botLogEntrySchema), nextBefore: z.string().nullable() }),
  },
  ...tradingRequestSchemas,
  ...riskRequestSchemas,
  ...pnlRequestSchemas,
  'notifications.list': {
    params: z.strictObject({ unreadOnly: z.boolean().default(false), ...pageOf(1_000) }),
    result: page(notificationSchema).extend({ unread: z.number().int() }),
  },
  /** Without ids: all. */
  'notifications.markRead': {
    params: z.strictObject({ ids: z.array(z.string()).max(1_000).optional() }),
    result: z.object({ unread: z.number().int() }),
  },
  /** Tells everyone on the hub. */
  'announcements.send': {
    params: z.strictObject({
      title: z.string().trim().min(1).max(200),
      body: z.string().trim().max(2_000).default(''),
      severity: z.enum(SEVERITIES).default('info'),
    }),
    result: announcementSchema,
  },
  'announcements.list': {
    params: z.strictObject(pageOf(1_000)),
    result: page(announcementSchema),
  },
  /** The token itself is in this answer only: the hub does not keep it. */
  'tokens.issue': {
    params: z.strictObject({
      userId: userIdSchema,
      scopes: z.array(scopeSchema).min(1).max(SCOPES.length),
      /** Without: of the owner every bot, of another user none. */
      botIds: z.array(botIdSchema).max(64).optional(),
      expiresInSeconds: z.number().int().min(1).max(MAX_TOKEN_LIFETIME_SECONDS),
    }),
    result: z.object({ token: z.string(), issued: tokenInfoSchema }),
  },
  'settings.get': { params: none, result: settingsSchema },
  ...tapeRequestSchemas,
  /** Changes what is given, and answers with all. */
  'settings.set': { params: settingsSchema.partial(), result: settingsSchema },
  'tokens.list': { params: none, result: z.object({ tokens: z.array(tokenInfoSchema) }) },
  'tokens.revoke': {
    params: z.strictObject({ id: z.string().min(1).max(64) }),
    result: tokenInfoSchema,
  },
  ...replayRequestSchemas,
  ...backtestRequestSchemas,
  ...alertRequestSchemas,
  ...exchangeRequestSchemas,
  ...hubLimitsRequestSchemas,
  ...inspectionRequestSchemas,
  ...journalRequestSchemas,
  ...watchlistRequestSchemas,
} as const satisfies Record<string, { params: z.ZodType; result: z.ZodType }>;

export type RequestMethod = keyof typeof requestSchemas;
/** What a caller may leave out has its default filled in for the handler. */
export type RequestInput<M extends RequestMethod> = z.input<(typeof requestSchemas)[M]['params']>;
export type RequestParams<M extends RequestMethod> = z.output<(typeof requestSchemas)[M]['params']>;
export type RequestResult<M extends RequestMethod> = z.output<(typeof requestSchemas)[M]['result']>;

export const isRequestMethod = (name: string): name is RequestMethod =>
  Object.hasOwn(requestSchemas, name);
