import { type Command, InvalidArgumentError, Option } from 'commander';
import { RANK_FIGURES } from '#contract/backtest-sweep.ts';
import { defaultDataDirectory } from '../default-data-directory.ts';
import { append } from './argument-values.ts';
import { importedOption } from './source-options.ts';

const MOST_HELD_OUT_PERCENT = 90;

/** `30%` or `0.3`, as a share. */
function parseHoldout(text: string): number {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const share = Number(digits) / (percent === '%' ? 100 : 1);
  if (!(share > 0 && share <= MOST_HELD_OUT_PERCENT / 100)) {
    throw new InvalidArgumentError(`A part to hold out is 1% to ${MOST_HELD_OUT_PERCENT}%.`);
  }
  return share;
}

export function addSweepCommand(command: Command): void {
  const none: readonly string[] = [];
  command
    .description('play a bot with many parameters, on all cores, and rank what comes of it')
    .requiredOption('--bot <file>', 'JSON of a bot: what the grid does not name is as it says')
    .requiredOption('--grid <grid>', 'as in fast=5..20:5,slow=20..100:20,average=SMA|EMA')
    .addOption(
      new Option('--by <figure>', 'what the ranking is by').choices(RANK_FIGURES).default('sharpe'),
    )
    .option('--holdout <share>', 'hold out the end of the stretch, as in 30%', parseHoldout)
    .option('--instrument <id>', 'of the tape', append, none)
    .option('--range <from..to>', 'ISO 8601 or epoch milliseconds; all there is without')
    .option('--file <recording>', 'a recording of raw Binance streams in place of the tape')
    .option('--candles <file>', 'candles in place of the tape: CSV with a header, or packed')
    .addOption(importedOption())
    .option('--data-dir <directory>', 'where the tape is kept', defaultDataDirectory())
    .option('--json', 'print one JSON object', false)
    .action(async (options) => {
      const { sweepParameters } = await import('./sweep-command.ts');
      process.exitCode = await sweepParameters(options);
    });
}
