import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Failure, fail, type Result, succeed } from '#contract/errors.ts';
import { lockDirectory } from './directory-lock.ts';

/** The folder that holds everything Tapedeck keeps, locked for this process until `close`. */
export interface DataDirectory {
  readonly path: string;
  readonly ledgerPath: string;
  readonly tapePath: string;
  /** The number of the last replay deck. */
  readonly deckNumberPath: string;
  /** Made when something is logged. */
  readonly logFolder: string;
  /** Of what is of use to this process only. Made when it is needed. */
  readonly spoolFolder: string;
  /** Lets another process have it. */
  close(): void;
}

/** Owner only: it holds the user's token and trading history. */
const DIRECTORY_MODE = 0o700;

/** Creates the folder where it is missing, makes sure that it can be written to, and locks it. */
export function openDataDirectory(path: string): Result<DataDirectory> {
  const directory = resolve(path);
  const writable = ensureWritable(directory);
  if (!writable.ok) return writable;
  const lock = lockDirectory(directory);
  if (!lock.ok) return lock;
  return succeed({
    path: directory,
    ledgerPath: join(directory, 'ledger.db'),
    tapePath: join(directory, 'tape.db'),
    deckNumberPath: join(directory, 'last-deck'),
    logFolder: join(directory, 'logs'),
    spoolFolder: join(directory, 'spool'),
    close: lock.value.release,
  });
}

function ensureWritable(directory: string): Result<void> {
  try {
    createDirectory(directory);
  } catch (error) {
    return directoryFailure(error, directory, 'created');
  }
  try {
    if (!statSync(directory).isDirectory()) return notADirectory(directory);
    // Permission bits say little (root, ACLs, read-only mounts): only a real write tells.
    const probe = join(directory, `.write-probe-${process.pid}`);
    writeFileSync(probe, 'Tapedeck');
    rmSync(probe);
    return succeed(undefined);
  } catch (error) {
    return directoryFailure(error, directory, 'written to');
  }
}

/** Not `mkdir`'s own recursion, which never ends where the parent denies the child's existence (/proc). */
function createDirectory(directory: string): void {
  if (statSync(directory, { throwIfNoEntry: false })) return;
  createDirectory(dirname(directory));
  mkdirSync(directory, { mode: DIRECTORY_MODE });
}

const notADirectory = (directory: string): { ok: false; error: Failure } =>
  fail(
    'unavailable',
    `The data directory ${directory} is, or lies below, a file: choose another one.`,
  );

function directoryFailure(
  error: unknown,
  directory: string,
  action: 'created' | 'written to',
): { ok: false; error: Failure } {
  const sentence = (why: string) =>
    fail('unavailable', `The data directory ${directory} cannot be ${action}: ${why}.`);
  switch (errorCode(error)) {
    case 'EEXIST':
    case 'ENOTDIR':
      return notADirectory(directory);
    case 'EACCES':
    case 'EPERM':
      return sentence('its permissions do not allow it; choose another one');
    case 'EROFS':
      return sentence('it is on a read-only disk; choose another one');
    case 'ENOSPC':
    case 'EDQUOT':
      return sentence('the disk is full');
    case null:
      throw error;
    default:
      return sentence(`the system answers ${errorCode(error)}`);
  }
}

/** The system's name of a failed call (`ENOSPC`), or null for anything else: a bug. */
function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
