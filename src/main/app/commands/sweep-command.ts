import type { RankFigure, SweepFigures, SweepReport } from '#contract/backtest-sweep.ts';
import { fail, type Result } from '#contract/errors.ts';
import { combinationsOf, parseGrid } from '#contract/sweep-grid.ts';
import { percentText, ratioText } from '#main/backtest/page/report-text.ts';
import { sweep } from '../backtest/sweep.ts';
import { readBots } from '../replay/replay-input.ts';
import { whileInterruptible } from './interruption.ts';
import { displayProgress } from './progress-display.ts';
import { type SourceOptions, specOf } from './source-options.ts';
import { answer, tell } from './terminal.ts';

export interface SweepCommand extends SourceOptions {
  /** A file with a bot: what the grid does not name is as it says. */
  readonly bot: string;
  readonly grid: string;
  readonly by: RankFigure;
  /** 0 to 1. */
  readonly holdout?: number;
  readonly json: boolean;
}

const SHOWN_RUNS = 20;

/** Plays a bot with every combination of a grid, prints the ranked table, and gives the exit code. */
export function sweepParameters(command: SweepCommand): Promise<number> {
  return whileInterruptible(async (signal) => {
    const report = await run(command, signal);
    if (!report.ok) {
      tell(report.error.message);
      return 1;
    }
    if (report.value === null) return null;
    if (command.json) answer(JSON.stringify(report.value));
    else print(report.value);
    return 0;
  });
}

async function run(
  command: SweepCommand,
  signal: AbortSignal,
): Promise<Result<SweepReport | null>> {
  const bots = readBots([command.bot]);
  if (!bots.ok) return bots;
  const [bot] = bots.value;
  if (!bot) return fail('invalid_payload', 'There is no bot.');
  const grid = parseGrid(command.grid);
  if (!grid.ok) return grid;
  const combinations = combinationsOf(grid.value);
  if (!combinations.ok) return combinations;
  const spec = specOf(command, [bot]);
  if (!spec.ok) return spec;
  const display = displayProgress('sweep');
  try {
    return await sweep(
      {
        ...{ spec: spec.value, bot, combinations: combinations.value },
        dataDirectory: command.dataDir,
        ...{ rankedBy: command.by, holdout: command.holdout ?? null },
      },
      { signal, onProgress: (done, of) => display.update(done / of, done, 'runs') },
    );
  } finally {
    display.stop();
  }
}

function figureText(figures: SweepFigures | null, figure: RankFigure): string {
  if (!figures) return '–';
  if (figure === 'pnl' || figure === 'expectancy') return figures[figure] ?? 'not known';
  return figure.endsWith('Percent') ? percentText(figures[figure]) : ratioText(figures[figure]);
}

function print({ runs, rankedBy, holdoutTime, warnings }: SweepReport): void {
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
