import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { instrumentId } from '#domain/instrument.ts';
import { doTapeWork } from '#main/app/tape/tape-work.ts';
import { openTapeForImport } from '#main/storage/tape-import.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import { runUntilKilled } from './killed-process.ts';
import { type TortureReport, tortured } from './rounds.ts';
import { integrityOf, readWholeTape, unwrap } from './tape-soundness.ts';
import { tradeLines, writePieces } from './trades-file.ts';

const BTC = instrumentId('torture', 'BTC/USDT');

/**
 * Kills a process that imports a file, and records meanwhile, at random moments; then imports the
 * file to its end. Every trade has to be on the tape once.
 */
export async function tortureImporting(options: {
  readonly rounds: number;
  readonly seed: number;
  readonly lines?: number;
}): Promise<TortureReport> {
  const lines = options.lines ?? 400_000;
  const directory = temporaryDirectory();
  const file = join(directory.path, 'trades.csv');
  await writePieces(file, tradeLines(lines));
  let tradesRead = 0;
  let amidst = 0;
  const report = await tortured(options, async (round, killAfterMs) => {
    const path = join(directory.path, `tape-${round}.db`);
    const args = [path, BTC, file, String(lines)];
    const run = await runUntilKilled({ script: 'importing-process.ts', args, killAfterMs });
    const faults = run.hasEnded ? ['the process ended by itself'] : [];
    const before = faultsOf(path, lines);
    if (before.imported > 0 && before.imported < lines) amidst++;
    await importAll(path, file);
    const after = faultsOf(path, lines);
    if (after.imported !== lines) faults.push(`${after.imported} of ${lines} trades are there`);
    if (after.recorded < before.recorded) faults.push('recorded trades are gone');
    tradesRead += before.imported + after.imported;
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    return [...faults, ...before.faults, ...after.faults];
  });
  rmSync(directory.path, { recursive: true, force: true });
  return { ...report, killedAmidst: amidst, tradesRead };
}

async function importAll(path: string, file: string): Promise<void> {
  const tape = unwrap(openTapeForImport(path));
  const params = { file, format: 'auto', instrumentId: BTC } as const;
  const { signal } = new AbortController();
  const end = await doTapeWork(
    { kind: 'import', params },
    { tape, signal, onProgress: () => undefined },
  );
  tape.close();
  if (end.state !== 'done') throw new Error(`${end.state}: ${end.message}`);
}

/** Of the trades of the file, any may be missing yet; of the recorded ones only the last. */
function faultsOf(path: string, lines: number) {
  const integrity = integrityOf(path);
  if (integrity !== 'ok')
    return { faults: [`integrity_check: ${String(integrity)}`], imported: 0, recorded: 0 };
  const ids = readWholeTape(path, BTC).map(({ id }) => Number(id));
  const unique = new Set(ids);
  const faults = unique.size < ids.length ? [`${ids.length - unique.size} are there twice`] : [];
  const recorded = ids.filter((id) => id > lines).sort((a, b) => a - b);
  const hole = recorded.findIndex((id, index) => id !== lines + 1 + index);
  if (hole !== -1) faults.push(`recorded trade ${lines + 1 + hole} is missing`);
  return { faults, imported: ids.length - recorded.length, recorded: recorded.length };
}
