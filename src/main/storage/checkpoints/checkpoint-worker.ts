import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { invariant } from '#domain/assert.ts';
import type { CheckpointBirth, CheckpointFault } from './checkpoint-messages.ts';

/**
 * The thread that moves write-ahead logs into their files, over connections of its own. The connection
 * that writes would do it amid a commit, with two flushes to disk, and whoever waits for that commit
 * would wait for them as well. Any message means to end.
 */
const BUSY_PAGES = 500;
/** Of a log that is written to meanwhile. Only one that is moved to its end is begun anew. */
const MOST_TRIES = 6;
const LOCK_TIMEOUT_MS = 5_000;

interface Progress {
  /** 1 where somebody else is at it. */
  readonly busy: number;
  /** Pages in the log, and those of them that are in the file. */
  readonly log: number;
  readonly checkpointed: number;
}

const port = parentPort;
invariant(port, 'this file runs in a worker thread');
const { paths, pace } = workerData as CheckpointBirth;
const databases = paths.map((path) => {
  const database = new Database(path, { fileMustExist: true, timeout: LOCK_TIMEOUT_MS });
  database.pragma('synchronous = FULL');
  return database;
});
let timer = setTimeout(moveAll, pace.idleMs);
port.once('message', () => {
  clearTimeout(timer);
  for (const database of databases) database.close();
});

function moveAll(): void {
  const pages = databases.map(move);
  timer = setTimeout(moveAll, Math.max(...pages) > BUSY_PAGES ? pace.busyMs : pace.idleMs);
}

/** Answers how many pages its log had. */
function move(database: Database.Database): number {
  try {
    for (let tries = 1; ; tries += 1) {
      const [progress] = database.pragma('wal_checkpoint(PASSIVE)') as [Progress];
      const { busy, log, checkpointed } = progress;
      if (busy === 1 || log === checkpointed || tries === MOST_TRIES) return log;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    port?.postMessage({ path: database.name, reason } satisfies CheckpointFault);
    return 0;
  }
}
