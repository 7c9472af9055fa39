import { parseArgs } from 'node:util';
import { tortureBots } from './bots.ts';
import { tortureImporting } from './importing.ts';
import { tortureLargeFiles } from './large-files.ts';
import { tortureRecording } from './recording.ts';
import type { TortureReport } from './rounds.ts';

/**
 * `npm run torture -- SUBJECT [--rounds N] [--seed N]`: kills a process at random moments, prints a
 * report as JSON, and ends with 1 where a rule was broken. `large-files [--megabytes N]` imports files of
 * that size in place of killing anything.
 */
interface TortureOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly bytes: number;
}
type Torture = (options: TortureOptions) => Promise<TortureReport>;
const BYTES_A_MB = 1_048_576;
const SUBJECTS: Readonly<Record<string, Torture>> = {
  recording: tortureRecording,
  importing: tortureImporting,
  bots: tortureBots,
  'large-files': tortureLargeFiles,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    megabytes: { type: 'string', default: '2100' },
  },
});
const torture = SUBJECTS[positionals[0] ?? ''];
if (torture) {
  const report = await torture({
    rounds: Number(values.rounds),
    seed: Number(values.seed),
    bytes: Number(values.megabytes) * BYTES_A_MB,
  });
  console.log(JSON.stringify(report, null, 2));
  process.exitCode = report.faults.length === 0 ? 0 : 1;
} else {
  console.error(`Name what to torture: ${Object.keys(SUBJECTS).join(', ')}`);
  process.exitCode = 2;
}
