import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { instrumentId } from '#domain/instrument.ts';
import { openTapeDatabase } from '#main/storage/tape-database.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import type { LargeImport } from './large-file-process.ts';
import type { TortureReport } from './rounds.ts';
import { integrityOf, unwrap } from './tape-soundness.ts';
import { tradeLines, writePieces } from './trades-file.ts';

const BTC = instrumentId('torture', 'BTC/USDT');
const BYTES_A_MB = 1_048_576;
/** What an import may take beside what the process takes anyway, whatever the file's size. */
const MOST_GROWTH_MB = 400;
const BAD_LINE = 'not,a,trade\n';
const GOOD_LINES = 10;

interface LargeFile {
  readonly name: string;
  /** Makes a file of at least so many bytes; gives what an import of it has to bring and to leave out. */
  readonly write: (file: string, bytes: number) => Promise<{ trades: number; badLines: number }>;
}

const FILES: readonly LargeFile[] = [
  { name: 'trades, with a bad line in each ten thousand', write: writeTrades },
  { name: 'a few trades, and then a line without end', write: writeEndlessLine },
];

/** Imports files that are larger than any memory that is to be had for them, each in a process of its own. */
export async function tortureLargeFiles({ bytes }: { bytes: number }): Promise<TortureReport> {
  const faults: string[] = [];
  const imports: object[] = [];
  for (const { name, write } of FILES) {
    const directory = temporaryDirectory();
    try {
      const file = join(directory.path, 'trades.csv');
      const tape = join(directory.path, 'tape.db');
      const expected = await write(file, bytes);
      const { size } = statSync(file);
      const end = await importInProcess(tape, file);
      const megabytes = Math.round(size / BYTES_A_MB);
      imports.push({ name, megabytes, ...end });
      faults.push(
        ...faultsOf(tape, { ...expected, ...{ size, end } }).map((why) => `${name}: ${why}`),
      );
    } finally {
      rmSync(directory.path, { recursive: true, force: true });
    }
  }
  return { rounds: FILES.length, seed: 0, faults, imports };
}

async function writeTrades(file: string, bytes: number) {
  let trades = 0;
  let badLines = 0;
  function* pieces() {
    let written = 0;
    for (const piece of tradeLines(Number.MAX_SAFE_INTEGER)) {
      if (written >= bytes) return;
      yield piece + BAD_LINE;
      written += piece.length + BAD_LINE.length;
      trades += piece.split('\n').length - 1;
      badLines += 1;
    }
  }
  await writePieces(file, pieces());
  return { trades, badLines };
}

/** Sparse, so that it takes no room on the disk. */
async function writeEndlessLine(file: string, bytes: number) {
  await writePieces(file, tradeLines(GOOD_LINES));
  truncateSync(file, bytes);
  appendFileSync(file, '\n');
  return { trades: GOOD_LINES, badLines: 1 };
}

async function importInProcess(tape: string, file: string): Promise<LargeImport> {
  const script = fileURLToPath(new URL('large-file-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, tape, file, BTC], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  return JSON.parse(said) as LargeImport;
}

interface Outcome {
  readonly trades: number;
  readonly badLines: number;
  readonly size: number;
  readonly end: LargeImport;
}

function faultsOf(path: string, { trades, badLines, size, end }: Outcome): string[] {
  const faults: string[] = [];
  const check = (what: string, found: unknown, wanted: unknown) => {
    if (found !== wanted) faults.push(`${what}: ${found} in place of ${wanted}`);
  };
  check('state', end.state, 'done');
  check('trades', end.trades, trades);
  check('bad lines', end.badLines, badLines);
  check('bytes read', end.bytesDone, size);
  check('integrity_check', integrityOf(path), 'ok');
  const tape = unwrap(openTapeDatabase(path));
  check('trades on the tape', unwrap(tape.tradeCount(BTC)), trades);
  tape.close();
  if (end.growthMb > MOST_GROWTH_MB) faults.push(`it took ${end.growthMb} MB of memory`);
  return faults;
}
