import type { RankFigure, SweepFigures, SweepReport, SweepRun } from './backtest-sweep.ts';

/** The figure as a number that is the larger the better; null where it is not known. */
export function meritOf(figures: SweepFigures | null, figure: RankFigure): number | null {
  const value = figures?.[figure] ?? null;
  if (value === null) return null;
  return figure === 'drawdownPercent' ? -value : Number(value);
}

/** What there is to be said of the best of many: facts, so that each language has words of its own. */
export interface SweepJudgement {
  /** That could be made: the others left nothing to choose from. */
  readonly runs: number;
  /** How far above the middle the best of so many worthless runs would lie, in standard deviations. */
  readonly luck: number;
  /** Round trips that the best one rests on, where they are few; else null. */
  readonly fewTrips: number | null;
  /** On the part held out: where the best one stands; `unknown` where the figure is not known there. */
  readonly heldOut: { readonly place: number; readonly of: number } | 'unknown' | 'nothing';
}

/** Fewer say nothing of what a bot is good for. */
const FEW_TRIPS = 30;

/**
 * Of runs with the best first. That the highest of n worthless results lies about √(2 ln n) standard
 * deviations above the middle: D. H. Bailey, J. M. Borwein, M. López de Prado & Q. J. Zhu,
 * "Pseudo-Mathematics and Financial Charlatanism", Notices of the AMS 61(5), 2014.
 */
export function judgeSweep(
  runs: readonly SweepRun[],
  { rankedBy, holdoutTime }: Pick<SweepReport, 'rankedBy' | 'holdoutTime'>,
): SweepJudgement {
  const made = runs.filter(({ figures }) => figures !== null).length;
  const trips = runs[0]?.figures?.trips ?? null;
  return {
    runs: made,
    luck: Math.sqrt(2 * Math.log(Math.max(1, made))),
    fewTrips: trips !== null && trips < FEW_TRIPS ? trips : null,
    heldOut: holdoutTime === null ? 'nothing' : placeHeldOut(runs, rankedBy),
  };
}

function placeHeldOut(
  runs: readonly SweepRun[],
  rankedBy: RankFigure,
): Exclude<SweepJudgement['heldOut'], 'nothing'> {
  const own = meritOf(runs[0]?.holdout ?? null, rankedBy);
  if (own === null) return 'unknown';
  const seen = runs.flatMap(({ holdout }) => meritOf(holdout, rankedBy) ?? []);
  return { place: seen.filter((merit) => merit > own).length + 1, of: seen.length };
}
