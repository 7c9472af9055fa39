import { type Command, Option } from 'commander';
import { EXPORT_FORMATS, IMPORT_FORMATS } from '#contract/tape-requests.ts';
import { parseInstrument, parseMoment } from './argument-values.ts';

/** The commands about the tape. `withHub` adds the options that say where a monitor runs. */
export function addTapeCommands(program: Command, withHub: (command: Command) => Command): void {
  withHub(program.command('import').argument('<file...>', 'CSV, JSON, zip or gzip'))
    .description('bring trades or candles of files onto the tape, each once')
    .option('--instrument <id>', 'where the file does not tell', parseInstrument)
    .addOption(new Option('--format <format>').choices(['auto', ...IMPORT_FORMATS]).default('auto'))
    .option('--json', 'what came of each file as a line of JSON', false)
    .action(async (files: readonly string[], options) => {
      const { importFiles } = await import('./import-command.ts');
      process.exitCode = await importFiles(files, options);
    });
  withHub(program.command('export'))
    .description('write trades of the tape to a file')
    .requiredOption('--instrument <id>', 'whose trades', parseInstrument)
    .requiredOption('--out <file>', 'where to')
    .addOption(new Option('--format <format>').choices(EXPORT_FORMATS).makeOptionMandatory())
    .option('--from <time>', 'from this time on', parseMoment)
    .option('--to <time>', 'before this time', parseMoment)
    .option('--overwrite', 'replace a file that is there', false)
    .option('--json', 'what came of it as a line of JSON', false)
    .action(async (options) => {
      const { exportFile } = await import('./export-command.ts');
      process.exitCode = await exportFile(options);
    });
  const tape = program.command('tape').description('the tape as a whole');
  withHub(tape.command('backup').argument('<file>', 'where to; nothing may be there yet'))
    .description('copy the tape, also while it is recorded')
    .action(async (file: string, options) => {
      const { backUp } = await import('./tape-backup-command.ts');
      process.exitCode = await backUp(file, options);
    });
  withHub(tape.command('info'))
    .description('what is on the tape')
    .option('--json', 'as a line of JSON', false)
    .action(async (options) => {
      const { showTapeInfo } = await import('./tape-info-command.ts');
      process.exitCode = await showTapeInfo(options);
    });
}
