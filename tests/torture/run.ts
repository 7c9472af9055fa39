import { parseArgs } from 'node:util';
import { tortureBots } from './bots.ts';
import { tortureImporting } from './importing.ts';
import { tortureRecording } from './recording.ts';
import type { TortureReport } from './rounds.ts';

/**
 * `npm run torture -- SUBJECT [--rounds N] [--seed N]`: kills a process at random moments, prints a
 * report as JSON, and ends with 1 where a rule was broken.
 */
type Torture = (options: { rounds: number; seed: number }) => Promise<TortureReport>;
const SUBJECTS: Readonly<Record<string, Torture>> = {
  recording: tortureRecording,
  importing: tortureImporting,
  bots: tortureBots,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
  },
});
const torture = SUBJECTS[positionals[0] ?? ''];
if (torture) {
  const report = await torture({ rounds: Number(values.rounds), seed: Number(values.seed) });
  console.log(JSON.stringify(report, null, 2));
  process.exitCode = report.faults.length === 0 ? 0 : 1;
} else {
  console.error(`Name what to torture: ${Object.keys(SUBJECTS).join(', ')}`);
  process.exitCode = 2;
}
