import { z } from 'zod';
import { backtestReportSchema } from './backtest-report.ts';
import { rankFigureSchema, sweepFiguresSchema, sweepReportSchema } from './backtest-sweep.ts';
import { candleIntervalSchema, epochMsSchema } from './model.ts';
import { page, pageOf } from './paging.ts';
import { deckBotSchema } from './replay-requests.ts';
import { sweepGridSchema } from './sweep-grid.ts';

/**
 * Backtests of the running monitor: a bot, or a grid of its parameters, played over the past as fast as
 * it goes, in threads beside everything else. They are kept with what came of them.
 */

/** Finished ones beyond these are forgotten, the oldest first. */
export const KEPT_BACKTESTS = 200;
/** How many may wait or run at once. */
export const MOST_UNFINISHED_BACKTESTS = 50;
/** Of the stretch; a sweep needs something to choose by. */
const LEAST_HELD_OUT = 0.01;
const MOST_HELD_OUT = 0.9;

export const backtestIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'not the id of a backtest')
  .meta({ description: 'The backtest' });

const stretch = {
  /** Without it: from the beginning of what there is. */
  fromTime: epochMsSchema.optional(),
  /** Exclusive. Without it: to the end of what there is when it is asked for. */
  toTime: epochMsSchema.optional(),
};
const pathSchema = z.string().min(1).max(4_096);

const ofTape = z.strictObject({ kind: z.literal('tape'), ...stretch });
/** Candles that were imported. */
const ofCandles = z.strictObject({
  kind: z.literal('candles'),
  interval: candleIntervalSchema,
  ...stretch,
});

/** What is played, of the bot's instrument. Files lie on the hub's machine, and need `admin`. */
const playableSourceSchema = z.discriminatedUnion('kind', [
  ofTape,
  ofCandles,
  /** Candles of a CSV file, plain or packed. */
  z.strictObject({ kind: z.literal('candleFile'), file: pathSchema, ...stretch }),
  /** Of Binance's raw streams; always whole. */
  z.strictObject({ kind: z.literal('recording'), file: pathSchema }),
]);
export type PlayableSource = z.output<typeof playableSourceSchema>;

const askedSourceSchema = z.discriminatedUnion('kind', [
  ...playableSourceSchema.options,
  /** That of another backtest, from and to the same times. */
  z.strictObject({ kind: z.literal('sameAs'), backtestId: backtestIdSchema }),
]);
export type AskedSource = z.output<typeof askedSourceSchema>;

/** Of a file its name only: where files lie is nobody's business. */
const shownSourceSchema = z.discriminatedUnion('kind', [
  ofTape,
  ofCandles,
  z.object({ kind: z.literal('candleFile'), name: z.string(), ...stretch }),
  z.object({ kind: z.literal('recording'), name: z.string() }),
]);

const sweepPlanSchema = z.strictObject({
  /** What it does not name is as the bot says. */
  grid: sweepGridSchema,
  rankedBy: rankFigureSchema.default('sharpe'),
  /** Share of the stretch, at its end, that nothing is chosen by and each run is played on apart. */
  holdout: z.number().min(LEAST_HELD_OUT).max(MOST_HELD_OUT).nullable().default(null),
});

/** What is to be done: a single run, or a sweep. */
export const backtestPlanSchema = z.strictObject({
  bot: deckBotSchema,
  source: playableSourceSchema,
  sweep: sweepPlanSchema.nullable(),
});
export type BacktestPlan = z.output<typeof backtestPlanSchema>;

const BACKTEST_STATES = ['queued', 'running', 'done', 'canceled', 'failed'] as const;
export type BacktestState = (typeof BACKTEST_STATES)[number];

/** How it stands. */
export const backtestStandingSchema = z.object({
  id: backtestIdSchema,
  state: z.enum(BACKTEST_STATES),
  /** Why it failed, in a sentence; else null. */
  error: z.string().nullable(),
  /** Of a sweep its runs; of a single one 1 when it is done. */
  runsDone: z.number().int(),
  /** In short: of a single run its own, of a sweep those of its best. Null until it is done. */
  figures: sweepFiguresSchema.nullable(),
  createdTime: epochMsSchema,
  startedTime: epochMsSchema.nullable(),
  finishedTime: epochMsSchema.nullable(),
});
export type BacktestStanding = z.output<typeof backtestStandingSchema>;

export const backtestViewSchema = z.object({
  ...backtestStandingSchema.shape,
  /** 0 to 1. */
  progress: z.number().min(0).max(1),
  /** How many there are: 1 where it is no sweep. */
  runs: z.number().int(),
  bot: deckBotSchema,
  source: shownSourceSchema,
  sweep: sweepPlanSchema.nullable(),
});
export type BacktestView = z.output<typeof backtestViewSchema>;

const backtestOnly = z.strictObject({ backtestId: backtestIdSchema });

/** Merged into `requestSchemas`. */
export const backtestRequestSchemas = {
  /** Answered when it is queued; it begins when a core is free. */
  'backtests.start': {
    params: z.strictObject({
      bot: deckBotSchema,
      source: askedSourceSchema,
      /** Plays it with every combination of a grid, and ranks them. */
      sweep: sweepPlanSchema.optional(),
    }),
    result: backtestViewSchema,
  },
  'backtests.list': {
    params: z.strictObject(pageOf(KEPT_BACKTESTS)),
    result: page(backtestViewSchema),
  },
  /** One of the two is there when it is done; a report also where its bot failed on the way. */
  'backtests.get': {
    params: backtestOnly,
    result: z.object({
      backtest: backtestViewSchema,
      report: backtestReportSchema.nullable(),
      sweep: sweepReportSchema.nullable(),
    }),
  },
  /** Its report as a page that opens from the disk, without a network; REST gives the page itself. */
  'backtests.page': { params: backtestOnly, result: z.object({ html: z.string() }) },
  /** At once; nothing stays of what it has done. */
  'backtests.cancel': { params: backtestOnly, result: backtestViewSchema },
  /** Only one that neither waits nor runs. */
  'backtests.remove': { params: backtestOnly, result: z.object({ backtestId: backtestIdSchema }) },
} as const satisfies Record<string, { params: z.ZodType; result: z.ZodType }>;
