import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { invariant } from '#domain/assert.ts';
import type { DatabaseImage } from './database-image.ts';
import { sqliteFailure } from './sqlite-failure.ts';

export interface DatabaseOptions {
  /** Absolute. */
  readonly path: string;
  /** SQLite's `application_id`: tells our files from those of other programs. */
  readonly applicationId: number;
  /** Step `n` takes a database from version `n` to `n + 1`. Never edited once released. */
  readonly migrations: readonly string[];
  /** FULL survives power loss, NORMAL may then lose the last commits; neither corrupts. */
  readonly synchronous: 'FULL' | 'NORMAL';
  /** Of a new file. Small pages waste less behind each large value. */
  readonly pageBytes: 1024 | 4096;
  /** Pages kept in memory, at most. Too few for a transaction's and they are written twice. */
  readonly cacheBytes: number;
  /**
   * The write-ahead log is moved into the file, with two flushes to disk, each time it has grown by
   * this. A page that is written often is moved once.
   */
  readonly checkpointBytes: number;
  /** Of a new file: what is deleted can be cut off its end (`incremental_vacuum`). */
  readonly shrinks?: boolean;
  /** `thorough` reads every page (`quick_check`); `header` is for files too large for that. */
  readonly check: 'thorough' | 'header';
}

const BUSY_TIMEOUT_MS = 2_000;
/** Keeps a burst's write-ahead log from occupying the disk for ever. */
const WAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;
const KIBIBYTE = 1024;

/**
 * Opens or creates a database and brings it to the current version. An existing file is examined
 * over a read-only connection first, so that one that is refused keeps every byte.
 */
export function openDatabase(options: DatabaseOptions): Result<Database.Database> {
  try {
    const refusal = refusalOf(options);
    return refusal === null ? succeed(openForWriting(options)) : fail('unavailable', refusal);
  } catch (error) {
    return sqliteFailure(error, options.path);
  }
}

/** Why an existing file cannot be used, or null. */
function refusalOf(options: DatabaseOptions): string | null {
  const status = statSync(options.path, { throwIfNoEntry: false });
  if (!status) return null;
  if (!status.isFile()) return `${options.path} is not a file: move it away and start again.`;
  if (status.size === 0) return null;
  const database = new Database(options.path, {
    readonly: true,
    fileMustExist: true,
    timeout: BUSY_TIMEOUT_MS,
  });
  try {
    return foreignness(database, options) ?? damage(database, options);
  } finally {
    database.close();
  }
}

function foreignness(database: Database.Database, options: DatabaseOptions): string | null {
  const version = numberPragma(database, 'user_version');
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  const isBlank = version === 0 && tables === 0;
  if (!isBlank && numberPragma(database, 'application_id') !== options.applicationId)
    return `${options.path} belongs to another program: move it away, or choose another data directory.`;
  if (version > options.migrations.length)
    return `${options.path} was written by a newer Tapedeck (version ${version}; this one knows ${options.migrations.length}): update Tapedeck, or choose another data directory.`;
  return null;
}

function damage(database: Database.Database, options: DatabaseOptions): string | null {
  if (options.check === 'header') return null;
  const verdict = database.pragma('quick_check(1)', { simple: true });
  if (verdict === 'ok') return null;
  return `${options.path} is damaged; nothing in it was changed: move it away, or restore a backup, and start again.`;
}

/** One that lives in memory, as an image of it was taken (see `DatabaseImage`). */
export function openImage(image: DatabaseImage): Database.Database {
  const database = new Database(image.toBuffer());
  database.pragma('foreign_keys = ON');
  return database;
}

/**
 * Loads what SQLite is written in. A thread that is ended while it does takes the whole process with
 * it, so one that may be ended at any moment begins with this, and says when it is through.
 */
export const loadSqlite = (): void => {
  new Database(':memory:').close();
};

function openForWriting(options: DatabaseOptions): Database.Database {
  const database = new Database(options.path, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.pragma(`page_size = ${options.pageBytes}`);
    if (options.shrinks) database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${options.synchronous}`);
    database.pragma('foreign_keys = ON');
    database.pragma(`journal_size_limit = ${WAL_SIZE_LIMIT_BYTES}`);
    database.pragma(`cache_size = -${Math.ceil(options.cacheBytes / KIBIBYTE)}`);
    database.pragma(`wal_autocheckpoint = ${checkpointPages(database, options)}`);
    migrate(database, options);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** By the file's own page size: an old file may have another than new ones get. */
const checkpointPages = (database: Database.Database, { checkpointBytes }: DatabaseOptions) =>
  Math.ceil(checkpointBytes / numberPragma(database, 'page_size'));

function migrate(database: Database.Database, options: DatabaseOptions): void {
  const from = numberPragma(database, 'user_version');
  options.migrations.slice(from).forEach((sql, step) => {
    const run = database.transaction(() => {
      database.exec(sql);
      database.pragma(`application_id = ${options.applicationId}`);
      database.pragma(`user_version = ${from + step + 1}`);
    });
    run.immediate();
  });
}

function numberPragma(database: Database.Database, name: string): number {
  const value = database.pragma(name, { simple: true });
  invariant(typeof value === 'number', `PRAGMA ${name} is a number`);
  return value;
}
