import { type Result, succeed } from '#contract/errors.ts';
import { type DataDirectory, openDataDirectory } from '#main/storage/data-directory.ts';
import { type Ledger, openLedger } from '#main/storage/ledger.ts';
import { openTapeDatabase, type TapeDatabase } from '#main/storage/tape-database.ts';
import type { Log } from '#main/telemetry/log.ts';
import type { Lifecycle } from './lifecycle.ts';

export interface Storage {
  readonly directory: DataDirectory;
  readonly ledger: Ledger;
  readonly tape: TapeDatabase;
}

/** Opens what is on disk. What was opened before a failure is the lifecycle's to close. */
export function openStorage(path: string, log: Log, lifecycle: Lifecycle): Result<Storage> {
  const directory = openDataDirectory(path);
  if (!directory.ok) return directory;
  lifecycle.onClose('data directory', () => directory.value.close());
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
