import { SqliteError } from 'better-sqlite3';
import { type Failure, fail } from '#contract/errors.ts';

type Sentence = (path: string) => string;

/** By SQLite's primary result code: https://www.sqlite.org/rescode.html */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  SQLITE_NOTADB: (path) =>
    `${path} is not a Tapedeck database; nothing in it was changed: move it away, or restore a backup, and start again.`,
  SQLITE_CORRUPT: (path) =>
    `${path} is damaged; nothing in it was changed: move it away, or restore a backup, and start again.`,
  SQLITE_READONLY: (path) => `${path} is read-only: make it and its folder writable.`,
  SQLITE_FULL: (path) => `The disk is full: ${path} cannot grow until there is room.`,
  SQLITE_CANTOPEN: (path) =>
    `${path} cannot be opened: check that it is a file and that its folder may be written to.`,
  SQLITE_BUSY: (path) => `${path} is in use by another program: close that program and try again.`,
  SQLITE_LOCKED: (path) =>
    `${path} is in use by another program: close that program and try again.`,
  SQLITE_PERM: (path) => `${path} may not be opened: its permissions do not allow it.`,
  SQLITE_AUTH: (path) => `${path} may not be opened: its permissions do not allow it.`,
  SQLITE_IOERR: (path) => `${path} cannot be read or written: the disk reports an error.`,
};

/** `SQLITE_IOERR_WRITE` → `SQLITE_IOERR`. */
const primaryCode = (code: string): string => code.split('_').slice(0, 2).join('_');

/** It is the file, the disk or another program, and not what was asked for. */
export const isOutOfReach = (error: unknown): boolean =>
  error instanceof SqliteError && primaryCode(error.code) in SENTENCES;

/** What a failed SQLite call means to the user, in one sentence. Anything else is a bug: rethrown. */
export function sqliteFailure(error: unknown, path: string): { ok: false; error: Failure } {
  if (!(error instanceof SqliteError)) throw error;
  const sentence = SENTENCES[primaryCode(error.code)];
  return fail('unavailable', sentence ? sentence(path) : `${path} failed: ${error.message}.`);
}
