import { z } from 'zod';
import { SEVERITIES } from '#domain/notification.ts';
import { alertRuleDraftSchema } from './alert-model.ts';
import { newBotFeesShape, newBotSettingsShape } from './bot-settings.ts';
import { decimalStringSchema } from './decimals.ts';
import { isDeckId } from './decks.ts';
import {
  botIdSchema,
  candleIntervalSchema,
  epochMsSchema,
  instrumentIdSchema,
  instrumentSchema,
  sideSchema,
} from './model.ts';
import { nameSchema } from './names.ts';

/**
 * Replay decks (rule T4). A deck plays a stretch of the tape, or a recording, beside live: with a
 * clock, a market, bots and a ledger of its own. What it shows goes out on the ordinary channels,
 * under the deck's names (`d1_binance:BTC/USDT`, `d1_bot1`: see `decks.ts`).
 */

/** How many may be open at once. */
export const MAX_DECKS = 4;
const MAX_DECK_INSTRUMENTS = 16;
const MAX_DECK_BOTS = 16;
const MAX_DECK_ALERT_RULES = 64;
const SLOWEST = 0.1;
const FASTEST = 1_000;

const deckIdSchema = z
  .string()
  .refine(isDeckId, 'not a deck id')
  .meta({ description: 'The deck', examples: ['d1'] });

/** Times the pace of the market, or as fast as it can be computed. */
export const replaySpeedSchema = z.union([z.number().min(SLOWEST).max(FASTEST), z.literal('max')]);
export type ReplaySpeed = z.infer<typeof replaySpeedSchema>;

/** A bot that a deck begins with. It runs from the deck's first trade on. */
export const deckBotSchema = z.strictObject({
  name: nameSchema(),
  strategy: z.string(),
  /** Of the source. */
  instrumentId: instrumentIdSchema,
  params: z.record(z.string(), z.unknown()).default({}),
  initialCash: decimalStringSchema,
  ...newBotFeesShape,
  ...newBotSettingsShape,
});
export type DeckBot = z.output<typeof deckBotSchema>;

/**
 * The rules that a deck is watched by, with alerts of its own: none, copies of the live ones that are
 * about its instruments or about any bot, or these. About any bot means any of the deck; nothing else
 * can be said of bots there, and nothing of feeds or of the hub.
 */
const deckAlertsSchema = z.union([
  z.enum(['none', 'live']),
  z.array(alertRuleDraftSchema).max(MAX_DECK_ALERT_RULES),
]);

const deckGapSchema = z.object({
  /** As the deck shows it. */
  instrumentId: instrumentIdSchema,
  fromTime: epochMsSchema,
  toTime: epochMsSchema,
  reason: z.string(),
  /** Whether trades of it came afterwards, and stand on the tape. */
  backfilled: z.enum(['no', 'partly', 'wholly']),
});
export type DeckGap = z.infer<typeof deckGapSchema>;

const DECK_STATES = [
  'opening',
  'paused',
  'playing',
  'seeking',
  'ended',
  'failed',
  'closed',
] as const;

/** A deck as it stands: the answer to every request that drives it, and what its channel tells. */
export const deckViewSchema = z.object({
  id: deckIdSchema,
  /**
   * `opening`: a recording is being read through, and nothing can be done with the deck but to close it.
   * `ended`: all is played, and one may still seek back. `closed`: the last that is heard of it.
   */
  state: z.enum(DECK_STATES),
  /** Why it `failed`, and what can be done about it, else null. */
  error: z.string().nullable(),
  /** While `opening`, else null: how much of the recording is read, 0 to 1. */
  opening: z.object({ progress: z.number() }).nullable(),
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('tape') }),
    /** Its name only: where files lie is nobody's business. */
    z.object({ kind: z.literal('file'), name: z.string() }),
  ]),
  fromTime: epochMsSchema,
  /** Exclusive. While `opening`, as far as it is read. */
  toTime: epochMsSchema,
  /** The market's: all up to here is played, and nothing after it is told. */
  time: epochMsSchema,
  speed: replaySpeedSchema,
  /** As the deck shows them: `id` is what channels and requests take. */
  instruments: z.array(z.object({ ...instrumentSchema.shape, sourceId: instrumentIdSchema })),
  /** Order books and quotes. Without them the reason is a sentence for the user. */
  books: z.object({ available: z.boolean(), reason: z.string().nullable() }),
  /**
   * Why a seek back plays a recording again from its start, a sentence for the user; null where a deck
   * goes anywhere at once.
   */
  slowSeek: z.string().nullable(),
  /** Stretches of which nothing is known, by time; of the whole range, also those ahead. */
  gaps: z.array(deckGapSchema),
  /** Those that `time` lies in. */
  openGaps: z.array(deckGapSchema),
  /** Since the deck's start, or since the seek that brought it here without playing. */
  tradesPlayed: z.number().int(),
  botIds: z.array(botIdSchema),
  /** How many rules it is watched by: with any, a seek lives through all of the way. */
  alertRuleCount: z.number().int(),
  /**
   * Grows with each seek. What a consumer then has of the deck's instruments and bots is no longer
   * true, and its subscriptions to them have ended: it throws all of it away, and asks and
   * subscribes anew once the deck is no longer `seeking`; of the market once it is shown. 0 before it
   * is open.
   */
  run: z.number().int(),
  /**
   * While `seeking`: where to, and how much of the way its bots and alert rules have done, 0 to 1. The
   * market may be shown before they arrive (`isShown`): `time` is then where it stands.
   */
  seek: z
    .object({ time: epochMsSchema.nullable(), progress: z.number(), isShown: z.boolean() })
    .nullable(),
  /** What its bots would notify of is told as notifications, marked as of a replay. */
  notify: z.boolean(),
});
export type DeckView = z.infer<typeof deckViewSchema>;

const deckOnly = z.strictObject({ deckId: deckIdSchema });

/**
 * What a deck's stretch holds, at a glance, also of what is ahead: when much was traded, when live
 * fired alerts, and when live bots filled. Prices it tells none of.
 */
const deckTimelineSchema = z.object({
  /**
   * Of equal parts of the stretch, how much of each instrument's volume was traded in it, in the
   * mean of the instruments: together 1. Empty where nothing is known of it.
   */
  volumes: z.array(z.number()),
  /** Of live and of the deck's instruments, by the market's time, newest first, the last of many. */
  alerts: z.array(
    z.object({ time: epochMsSchema, ruleName: z.string(), severity: z.enum(SEVERITIES) }),
  ),
  fills: z.array(z.object({ id: z.string(), time: epochMsSchema, side: sideSchema })),
});
export type DeckTimeline = z.infer<typeof deckTimelineSchema>;

/** Merged into `requestSchemas`. */
export const replayRequestSchemas = {
  'replay.list': {
    params: z.strictObject({}).optional(),
    result: z.object({ decks: z.array(deckViewSchema) }),
  },
  /**
   * Of the tape (`instruments`, with a range) or of a recording (`file`, whole). It is paused at its
   * start, or `opening` where a recording takes longer to read than a moment: its channel then tells how
   * far that is, and at last that it is paused or why it failed.
   */
  'replay.open': {
    params: z
      .strictObject({
        /** Of the tape. */
        instruments: z.array(instrumentIdSchema).min(1).max(MAX_DECK_INSTRUMENTS).optional(),
        /** Of Binance's raw streams. Needs the scope `admin`: it is a file of the hub's machine. */
        file: z.string().min(1).max(4_096).optional(),
        /** Without it: the first trade. */
        fromTime: epochMsSchema.optional(),
        /** Exclusive. Without it: after the last trade that there is now. */
        toTime: epochMsSchema.optional(),
        speed: replaySpeedSchema.default(1),
        bots: z.array(deckBotSchema).max(MAX_DECK_BOTS).default([]),
        alerts: deckAlertsSchema.default('none'),
        notify: z.boolean().default(false),
      })
      .refine(
        ({ instruments, file }) => (instruments === undefined) !== (file === undefined),
        'either instruments or file',
      ),
    result: deckViewSchema,
  },
  'replay.get': { params: deckOnly, result: deckViewSchema },
  'replay.timeline': { params: deckOnly, result: deckTimelineSchema },
  /** Does nothing to a deck that plays; to one that ended, it begins anew. */
  'replay.play': { params: deckOnly, result: deckViewSchema },
  /** Also gives up a seek: it stays where that has come to. */
  'replay.pause': { params: deckOnly, result: deckViewSchema },
  /** One trade, or to the end of the next candle that has any. Answered when it is done. */
  'replay.step': {
    params: z.strictObject({
      deckId: deckIdSchema,
      by: z.enum(['trade', 'candle']),
      interval: candleIntervalSchema.default('1m'),
    }),
    result: deckViewSchema,
  },
  /**
   * To a time, or to the fill before or after: of the deck's bots, and of the live ledger on the
   * instruments of its source. Answered when the seek has begun, and paused when it is done. Bots
   * and alert rules in the deck live through all of it: going back, they begin anew at its start.
   */
  'replay.seek': {
    params: z
      .strictObject({
        deckId: deckIdSchema,
        time: epochMsSchema.optional(),
        fill: z.enum(['next', 'previous']).optional(),
      })
      .refine(
        ({ time, fill }) => (time === undefined) !== (fill === undefined),
        'either time or fill',
      ),
    result: deckViewSchema,
  },
  'replay.setSpeed': {
    params: z.strictObject({ deckId: deckIdSchema, speed: replaySpeedSchema }),
    result: deckViewSchema,
  },
  'replay.close': { params: deckOnly, result: z.object({ deckId: deckIdSchema }) },
} as const satisfies Record<string, { params: z.ZodType; result: z.ZodType }>;
