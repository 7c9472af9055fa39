import type { RankFigure, SweepFigures, SweepReport } from '#contract/backtest-sweep.ts';
import { percentText, ratioText } from '#main/backtest/page/report-text.ts';
import { answer, tell } from './terminal.ts';

const SHOWN_RUNS = 20;

function figureText(figures: SweepFigures | null, figure: RankFigure): string {
  if (!figures) return '–';
  if (figure === 'pnl' || figure === 'expectancy') return figures[figure] ?? 'not known';
  return figure.endsWith('Percent') ? percentText(figures[figure]) : ratioText(figures[figure]);
}

/** The ranked table of a sweep, for a terminal. */
export function printSweep({ runs, rankedBy, holdoutTime, warnings }: SweepReport): void {
  const rows = runs
    .slice(0, SHOWN_RUNS)
    .map(({ params, figures, holdout, error }, index) => [
      ...[String(index + 1), ...Object.values(params).map(String)],
      error ?? figureText(figures, rankedBy),
      ...(holdoutTime === null ? [] : [figureText(holdout, rankedBy)]),
      ...[figureText(figures, 'returnPercent'), figureText(figures, 'drawdownPercent')],
      figures ? String(figures.trips) : '–',
    ]);
  const held = holdoutTime === null ? [] : ['held out'];
  const names = Object.keys(runs[0]?.params ?? {});
  const head = ['no.', ...names, rankedBy, ...held, 'return', 'drawdown', 'trips'];
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [head, ...rows]) {
    answer(row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '));
  }
  if (runs.length > SHOWN_RUNS) answer(`… and ${runs.length - SHOWN_RUNS} more (--json has all)`);
  for (const warning of warnings) tell(warning);
}
