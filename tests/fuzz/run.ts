import { parseArgs } from 'node:util';
import { faultsOf, fuzzHub } from './hub-fuzz.ts';

/** `npm run fuzz -- hub [--seed N] [--count N]`: prints a report as JSON, and ends with 1 on a fault. */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '220000' },
  },
});
if (positionals[0] !== 'hub') {
  console.error('npm run fuzz -- hub [--seed N] [--count N]');
  process.exit(2);
}
const [seed, count] = [Number(values.seed), Number(values.count)];
/** Engine.IO gives a client that vanished up after a minute. */
const SETTLE_MS = 75_000;
/** A young hub fills the histories of its feeds and channels: the longest take two minutes. */
const WARM_UP_MS = 120_000;
const MAXIMAL_GROWTH = 0.05;
const LIMITED_SHARE = 0.1;

const limited = {
  seed,
  count: Math.ceil(count * LIMITED_SHARE),
  warmUpMs: WARM_UP_MS,
  settleMs: SETTLE_MS,
};
const reports = [
  await fuzzHub({ ...limited, mode: 'default' }),
  await fuzzHub({ ...limited, count: count - limited.count, mode: 'unlimited' }),
];
const faults = reports.flatMap((report) => faultsOf(report, MAXIMAL_GROWTH));
console.log(JSON.stringify({ faults, reports }, null, 2));
process.exitCode = faults.length === 0 ? 0 : 1;
