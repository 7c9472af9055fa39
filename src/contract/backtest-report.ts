import { z } from 'zod';
import { decimalStringSchema } from './decimals.ts';
import { botLogEntrySchema, candleIntervalSchema, epochMsSchema } from './model.ts';
import { deckBotSchema } from './replay-requests.ts';

/**
 * What a backtest tells of a bot afterwards. Money is exact and in the instrument's quote currency;
 * shares are percent of what they are a share of; each formula stands, with its source, in
 * `main/backtest/report`. A figure that cannot be told (a ratio of too few values, a division by
 * nothing) is null, never a guess.
 */

/** Of the rows of a long run the last ones are kept; figures are of all of them. */
export const MOST_TRIPS = 2_000;
export const MOST_DAYS = 4_000;
export const MOST_LOGS = 200;
/** The curve is thinned out to so many points. */
export const MOST_CURVE_POINTS = 1_000;

const percent = z.number().nullable();

const drawdownSchema = z.object({
  /** From the peak to the trough. */
  value: decimalStringSchema,
  /** Of the equity at the peak; null where that was not positive. */
  percent,
  peakTime: epochMsSchema.nullable(),
  troughTime: epochMsSchema.nullable(),
  /** When the equity was back at the peak; null while it is not. */
  recoveryTime: epochMsSchema.nullable(),
  /** From the peak to the recovery, or to the end. */
  durationMs: z.number(),
  /** The longest time from a peak to its recovery, or to the end: of any drawdown. */
  longestMs: z.number(),
});
export type Drawdown = z.infer<typeof drawdownSchema>;

const ratiosSchema = z.object({
  sharpe: z.number().nullable(),
  sortino: z.number().nullable(),
});
export type Ratios = z.infer<typeof ratiosSchema>;

/** A part of a position that was opened and closed again. */
const roundTripSchema = z.object({
  side: z.enum(['long', 'short']),
  quantity: decimalStringSchema,
  /** Average; rounded, the PnL is not. */
  entryPrice: decimalStringSchema,
  exitPrice: decimalStringSchema,
  /** When its position was opened. */
  openedTime: epochMsSchema,
  closedTime: epochMsSchema,
  /** Before fees. */
  grossPnl: decimalStringSchema,
  /** Of its closing, and its share of those of the opening. */
  fees: decimalStringSchema,
  /** After fees. */
  pnl: decimalStringSchema,
  /** `pnl`, of what was paid or got at the entry. */
  returnPercent: percent,
  /** Why the strategy closed it, where it said so. */
  why: z.string().nullable(),
});
export type RoundTrip = z.infer<typeof roundTripSchema>;

const daySchema = z.object({
  /** UTC. */
  date: z.string(),
  /** At its end. */
  equity: decimalStringSchema,
  /** Change of the equity. */
  pnl: decimalStringSchema,
  returnPercent: percent,
  fees: decimalStringSchema,
  fills: z.number().int(),
  trips: z.number().int(),
});
export type ReportDay = z.infer<typeof daySchema>;

export const backtestReportSchema = z.object({
  bot: deckBotSchema,
  /** The instrument's. */
  currency: z.string(),
  source: z.object({
    kind: z.enum(['tape', 'file', 'candles']),
    /** Of a file, without its folder. */
    name: z.string().nullable(),
    /** Of candles. */
    interval: candleIntervalSchema.nullable(),
    /** Lines of a file of candles that were left out, where there are any. */
    badLines: z.number().int().optional(),
  }),
  /** What was played: from the first event of the stretch, to its end. */
  fromTime: epochMsSchema,
  toTime: epochMsSchema,
  played: z.object({
    trades: z.number().int(),
    candles: z.number().int(),
    /** Stretches that nothing is known of: the feed was away, or candles are missing. */
    gaps: z.number().int(),
  }),
  /** `error`: the strategy failed, and what stands here ends there. */
  state: z.enum(['completed', 'error']),
  error: z.string().nullable(),
  initialEquity: decimalStringSchema,
  finalEquity: decimalStringSchema,
  /** After fees, with what is still open at the last price. */
  pnl: decimalStringSchema,
  returnPercent: percent,
  /** Before fees. */
  realizedPnl: decimalStringSchema,
  unrealizedPnl: decimalStringSchema,
  fees: decimalStringSchema,
  fills: z.number().int(),
  drawdown: drawdownSchema,
  /** Share of the time in which a position was held. */
  exposurePercent: percent,
  ...ratiosSchema.shape,
  /** What Sharpe and Sortino ratio are of. */
  returns: z.object({
    periodMs: z.number(),
    count: z.number().int(),
    /** Periods a year; its square root is the factor. */
    periodsAYear: z.number(),
  }),
  trades: z.object({
    count: z.number().int(),
    wins: z.number().int(),
    losses: z.number().int(),
    winRatePercent: percent,
    /** Null where nothing was lost. */
    profitFactor: z.number().nullable(),
    /** Mean PnL after fees. */
    expectancy: decimalStringSchema.nullable(),
    averageWin: decimalStringSchema.nullable(),
    averageLoss: decimalStringSchema.nullable(),
    largestWin: decimalStringSchema.nullable(),
    largestLoss: decimalStringSchema.nullable(),
    averageDurationMs: z.number().nullable(),
  }),
  /** All the cash into the instrument at the first price, as a taker, and kept. Null without a price. */
  buyAndHold: z
    .object({
      quantity: decimalStringSchema,
      firstPrice: z.number(),
      lastPrice: z.number(),
      finalEquity: decimalStringSchema,
      pnl: decimalStringSchema,
      returnPercent: percent,
      fees: decimalStringSchema,
      drawdown: drawdownSchema,
      ...ratiosSchema.shape,
    })
    .nullable(),
  /** At the end of each of even stretches of time, and at the end; one list a column. */
  curve: z.object({
    times: z.array(epochMsSchema),
    equity: z.array(decimalStringSchema),
    /** Empty without a price. */
    buyAndHold: z.array(decimalStringSchema),
    /** The deepest of the stretch; negative. */
    drawdownPercent: z.array(percent),
  }),
  /** Oldest first; the last `MOST_DAYS`. */
  days: z.array(daySchema),
  /** Oldest first; the last `MOST_TRIPS`. */
  trips: z.array(roundTripSchema),
  /** What the bot said, oldest first; the last `MOST_LOGS`. */
  logs: z.array(botLogEntrySchema.omit({ botId: true })),
});
export type BacktestReport = z.infer<typeof backtestReportSchema>;
