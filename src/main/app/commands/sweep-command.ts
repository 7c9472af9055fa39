import type { RankFigure, SweepReport } from '#contract/backtest-sweep.ts';
import { fail, type Result } from '#contract/errors.ts';
import { combinationsOf, parseGrid } from '#contract/sweep-grid.ts';
import { sweep } from '../backtest/sweep.ts';
import { readBots } from '../replay/replay-input.ts';
import { whileInterruptible } from './interruption.ts';
import { displayProgress } from './progress-display.ts';
import { type SourceOptions, specOf } from './source-options.ts';
import { printSweep } from './sweep-table.ts';
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
    else printSweep(report.value);
    return report.value.runs.some(({ figures }) => figures !== null) ? 0 : 1;
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
