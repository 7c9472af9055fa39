import type { BacktestReport } from '#contract/backtest-report.ts';
import type { RankFigure, SweepFigures, SweepReport, SweepRun } from '#contract/backtest-sweep.ts';

export const sweepFiguresOf = (report: BacktestReport): SweepFigures => ({
  pnl: report.pnl,
  returnPercent: report.returnPercent,
  sharpe: report.sharpe,
  sortino: report.sortino,
  profitFactor: report.trades.profitFactor,
  winRatePercent: report.trades.winRatePercent,
  expectancy: report.trades.expectancy,
  drawdownPercent: report.drawdown.percent,
  fills: report.fills,
  trips: report.trades.count,
});

/** The figure as a number that is the larger the better; null where it is not known. */
function meritOf(figures: SweepFigures | null, figure: RankFigure): number | null {
  const value = figures?.[figure] ?? null;
  if (value === null) return null;
  return figure === 'drawdownPercent' ? -value : Number(value);
}

/** Best first; among equals as they were. */
export const ranked = (runs: readonly SweepRun[], figure: RankFigure): SweepRun[] =>
  runs.toSorted((a, b) => {
    const [left, right] = [meritOf(a.figures, figure), meritOf(b.figures, figure)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return right - left;
  });

/** Fewer say nothing of what a bot is good for. */
const FEW_TRIPS = 30;
/** √(2 ln n): what the best of n runs of no worth comes to, in standard deviations. */
const luckOf = (runs: number): number => Math.sqrt(2 * Math.log(Math.max(1, runs)));

/**
 * What is to be said of the best of many. That the highest of n worthless results lies about √(2 ln n)
 * standard deviations above the middle: D. H. Bailey, J. M. Borwein, M. López de Prado & Q. J. Zhu,
 * "Pseudo-Mathematics and Financial Charlatanism", Notices of the AMS 61(5), 2014.
 */
export function warningsOf(
  runs: readonly SweepRun[],
  { rankedBy, holdoutTime }: Pick<SweepReport, 'rankedBy' | 'holdoutTime'>,
): string[] {
  const warnings = [
    `The best of ${runs.length} runs: had none of them any worth, the best would still lie about ` +
      `${luckOf(runs.length).toFixed(1)} standard deviations above the middle.`,
  ];
  const [best] = runs;
  if (best?.figures && best.figures.trips < FEW_TRIPS) {
    warnings.push(`The best one rests on ${best.figures.trips} round trips: that is little.`);
  }
  if (holdoutTime === null) {
    warnings.push('Nothing was held out: these figures are of the very stretch that chose them.');
    return warnings;
  }
  const seen = runs.flatMap(({ holdout }) => meritOf(holdout, rankedBy) ?? []);
  const own = meritOf(best?.holdout ?? null, rankedBy);
  if (own === null) warnings.push(`On the part held out the best one has no ${rankedBy}.`);
  else {
    const place = seen.filter((merit) => merit > own).length + 1;
    warnings.push(`On the part held out the best one is no. ${place} of ${seen.length}.`);
  }
  return warnings;
}
