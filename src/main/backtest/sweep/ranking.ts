import type { BacktestReport } from '#contract/backtest-report.ts';
import type { RankFigure, SweepFigures, SweepReport, SweepRun } from '#contract/backtest-sweep.ts';
import { judgeSweep, meritOf } from '#contract/sweep-judgement.ts';

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

/** Best first; among equals as they were. */
export const ranked = (runs: readonly SweepRun[], figure: RankFigure): SweepRun[] =>
  runs.toSorted((a, b) => {
    const [left, right] = [meritOf(a.figures, figure), meritOf(b.figures, figure)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return right - left;
  });

/** What is to be said of the best of many, in English. */
export function warningsOf(
  runs: readonly SweepRun[],
  sweep: Pick<SweepReport, 'rankedBy' | 'holdoutTime'>,
): string[] {
  const { runs: made, luck, fewTrips, heldOut } = judgeSweep(runs, sweep);
  if (made === 0) return [`None of the ${runs.length} runs could be made.`];
  const warnings = [
    `The best of ${made} runs: had none of them any worth, the best would still lie about ` +
      `${luck.toFixed(1)} standard deviations above the middle.`,
  ];
  if (fewTrips !== null) {
    warnings.push(`The best one rests on ${fewTrips} round trips: that is little.`);
  }
  if (heldOut === 'nothing') {
    warnings.push('Nothing was held out: these figures are of the very stretch that chose them.');
  } else if (heldOut === 'unknown') {
    warnings.push(`On the part held out the best one has no ${sweep.rankedBy}.`);
  } else {
    const { place, of } = heldOut;
    warnings.push(`On the part held out the best one is no. ${place} of ${of}.`);
  }
  return warnings;
}
