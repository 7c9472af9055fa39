import type { Database } from 'better-sqlite3';
import { openDatabase } from '#main/storage/database.ts';
import { LEDGER_APPLICATION_ID, LEDGER_MIGRATIONS } from '#main/storage/ledger-schema.ts';

/** Creates a ledger as it was before the migration whose SQL holds `words`, with what `fill` writes. */
export function createOldLedger(path: string, words: string, fill: (old: Database) => void): void {
  const version = LEDGER_MIGRATIONS.findIndex((step) => step.includes(words));
  if (version < 0) throw new Error(`no migration holds ${words}`);
  const old = openDatabase({
    ...{ path, applicationId: LEDGER_APPLICATION_ID, synchronous: 'FULL', pageBytes: 4_096 },
    ...{ cacheBytes: 2_000_000, checkpointBytes: 4_000_000, check: 'thorough' },
    migrations: LEDGER_MIGRATIONS.slice(0, version),
  });
  if (!old.ok) throw new Error(old.error.message);
  fill(old.value);
  old.value.close();
}
