import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database, { SqliteError } from 'better-sqlite3';
import { z } from 'zod';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { sqliteFailure } from './sqlite-failure.ts';

export interface DirectoryLock {
  release(): void;
}

const holderSchema = z.object({ pid: z.number().int().positive() });

/**
 * One process a data directory. The lock is an exclusive SQLite transaction that stays open: the
 * kernel drops it with the process, however that dies, so there is no stale lock to clean up.
 * `holder.json` only tells the one who is refused whom to look for.
 */
export function lockDirectory(directory: string): Result<DirectoryLock> {
  const lockPath = join(directory, 'lock.db');
  const holderPath = join(directory, 'holder.json');
  let database: Database.Database | null = null;
  try {
    database = new Database(lockPath, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    writeFileSync(holderPath, `${JSON.stringify({ pid: process.pid })}\n`, { mode: 0o600 });
  } catch (error) {
    database?.close();
    if (isBusy(error)) return heldByAnother(directory, holderPath);
    return sqliteFailure(error, lockPath);
  }
  return succeed({ release: releaser(database, holderPath) });
}

const releaser = (database: Database.Database, holderPath: string) => () => {
  if (!database.open) return;
  rmSync(holderPath, { force: true });
  database.close();
};

const isBusy = (error: unknown): boolean =>
  error instanceof SqliteError && error.code.startsWith('SQLITE_BUSY');

function heldByAnother(directory: string, holderPath: string): Result<never> {
  const pid = readHolder(holderPath);
  const who = pid === null ? 'Another Tapedeck' : `Another Tapedeck (process ${pid})`;
  return fail(
    'unavailable',
    `${who} is using the data directory ${directory}: close it, or choose another directory.`,
  );
}

function readHolder(holderPath: string): number | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(holderPath, 'utf8'))).pid;
  } catch {
    // Not written yet, or half-written: the lock itself has already said no.
    return null;
  }
}
