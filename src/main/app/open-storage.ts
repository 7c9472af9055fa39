import { type Result, succeed } from '#contract/errors.ts';
import { beginCheckpoints } from '#main/storage/checkpoints/checkpoint-thread.ts';
import { type DataDirectory, openDataDirectory } from '#main/storage/data-directory.ts';
import { type Ledger, openLedger } from '#main/storage/ledger.ts';
import { openTapeDatabase, type TapeDatabase } from '#main/storage/tape-database.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { MonitorOptions } from './monitor-options.ts';
import { SpoolPlace } from './replay/spool-place.ts';

export interface Storage {
  readonly directory: DataDirectory;
  readonly ledger: Ledger;
  readonly tape: TapeDatabase;
}

/** Opens what is on disk. What was opened before a failure is the lifecycle's to close. */
export async function openStorage(
  { dataDirectory, log, keepLog }: Pick<MonitorOptions, 'dataDirectory' | 'log' | 'keepLog'>,
  lifecycle: Lifecycle,
): Promise<Result<Storage>> {
  const directory = openDataDirectory(dataDirectory);
  if (!directory.ok) return directory;
  lifecycle.onClose('data directory', () => directory.value.close());
  await clearSpools(directory.value, log);
  if (keepLog) await openLogFiles(directory.value, { log, keepLog }, lifecycle);
  const ledger = openLedger(directory.value.ledgerPath, {
    onDamage: (damage) => log.error(damage, 'a row of the ledger cannot be read and is left out'),
  });
  if (!ledger.ok) return ledger;
  lifecycle.onClose('ledger', () => ledger.value.close());
  const tape = openTapeDatabase(directory.value.tapePath);
  if (!tape.ok) return tape;
  lifecycle.onClose('tape', () => tape.value.close());
  return succeed({ directory: directory.value, ledger: ledger.value, tape: tape.value });
}

/** For who writes for long: a thread beside keeps the write-ahead logs short. */
export function keepLogsShort(
  { directory: { ledgerPath, tapePath } }: Storage,
  { clock, log }: Pick<MonitorOptions, 'clock' | 'log'>,
  lifecycle: Lifecycle,
): void {
  const end = beginCheckpoints({
    ...{ clock, paths: [ledgerPath, tapePath] },
    onFault: (fault) => log.warn({ err: fault }, 'a write-ahead log was not moved into its file'),
  });
  lifecycle.onClose('checkpoints', end);
}

/** What a process that died has left there is of use to nobody. */
async function clearSpools({ spoolFolder }: DataDirectory, log: MonitorOptions['log']) {
  try {
    await new SpoolPlace(spoolFolder).clear();
  } catch (error) {
    log.warn({ err: error }, 'the temporary files of a former run cannot be removed');
  }
}

/** The directory is ours by now: no other process writes there. Without logs one can work, too. */
async function openLogFiles(
  { logFolder }: DataDirectory,
  { log, keepLog }: Pick<Required<MonitorOptions>, 'log' | 'keepLog'>,
  lifecycle: Lifecycle,
): Promise<void> {
  try {
    const files = await keepLog(logFolder);
    lifecycle.onClose('log files', () => files.close());
  } catch (error) {
    log.warn({ err: error }, 'the log cannot be kept in the data directory');
  }
}
