import { z } from 'zod';
import { decimalStringSchema } from './decimals.ts';
import { epochMsSchema } from './model.ts';

/** What a sweep's runs can be ranked by: the more the better, but of a drawdown. */
export const RANK_FIGURES = [
  'pnl',
  'returnPercent',
  'sharpe',
  'sortino',
  'profitFactor',
  'winRatePercent',
  'expectancy',
  'drawdownPercent',
] as const;
export const rankFigureSchema = z.enum(RANK_FIGURES);
export type RankFigure = z.infer<typeof rankFigureSchema>;

export const MOST_SWEEP_RUNS = 10_000;

/** The figures of one stretch, as far as they are compared. */
export const sweepFiguresSchema = z.object({
  pnl: decimalStringSchema,
  returnPercent: z.number().nullable(),
  sharpe: z.number().nullable(),
  sortino: z.number().nullable(),
  profitFactor: z.number().nullable(),
  winRatePercent: z.number().nullable(),
  expectancy: decimalStringSchema.nullable(),
  drawdownPercent: z.number().nullable(),
  fills: z.number().int(),
  trips: z.number().int(),
});
export type SweepFigures = z.infer<typeof sweepFiguresSchema>;

const sweepRunSchema = z.object({
  params: z.record(z.string(), z.unknown()),
  /** Of the stretch that the ranking is by; null where the bot could not run so. */
  figures: sweepFiguresSchema.nullable(),
  /** Of the stretch that was held out; null without one. */
  holdout: sweepFiguresSchema.nullable(),
  /** Why there are no figures. */
  error: z.string().nullable(),
});
export type SweepRun = z.infer<typeof sweepRunSchema>;

export const sweepReportSchema = z.object({
  rankedBy: rankFigureSchema,
  fromTime: epochMsSchema,
  /** Where the part begins that was held out; null without one. */
  holdoutTime: epochMsSchema.nullable(),
  toTime: epochMsSchema,
  /** Best first; those without the figure at the end. */
  runs: z.array(sweepRunSchema),
  /** What to think of the best of so many: sentences for the user. */
  warnings: z.array(z.string()),
});
export type SweepReport = z.infer<typeof sweepReportSchema>;
