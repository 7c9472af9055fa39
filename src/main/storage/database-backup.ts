import { existsSync, renameSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { sqliteFailure } from './sqlite-failure.ts';

/** A millisecond or two of copying between two turns of the event loop. */
const PAGES_A_TURN = 512;

/**
 * Copies a database that is in use, between other work. The copy has its name only once it is
 * whole: what is written meanwhile over the same connection is in it.
 */
export async function backupDatabase(
  database: Database,
  copyTo: string,
  onProgress: (share: number) => void = () => undefined,
): Promise<Result<void>> {
  if (existsSync(copyTo)) return fail('conflict', `${copyTo} is there already: name another file.`);
  const unfinished = `${copyTo}.part`;
  try {
    rmSync(unfinished, { force: true });
    await database.backup(unfinished, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress(totalPages === 0 ? 0 : 1 - remainingPages / totalPages);
        return PAGES_A_TURN;
      },
    });
    renameSync(unfinished, copyTo);
    return succeed(undefined);
  } catch (error) {
    rmSync(unfinished, { force: true });
    return backupFailure(error, copyTo);
  }
}

/** better-sqlite3 says of a folder that is not there, and of a database closed meanwhile, a TypeError. */
function backupFailure(error: unknown, copyTo: string): Result<void> {
  if (error instanceof TypeError || (error instanceof Error && 'syscall' in error))
    return fail('unavailable', `${copyTo} cannot be written: ${error.message}.`);
  return sqliteFailure(error, copyTo);
}
