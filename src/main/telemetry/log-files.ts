/// <reference path="./pino-roll.d.ts" />
import { once } from 'node:events';
import { join } from 'node:path';
import type { DestinationStream } from 'pino';
import roll from 'pino-roll';

export interface LogFilesOptions {
  /** A file is followed by the next one when it has reached this size. */
  readonly maxFileBytes?: number;
  /** The oldest make room. Files of earlier runs count. */
  readonly maxFiles?: number;
}

/** The log's files, until they are closed. */
export interface LogFiles {
  close(): Promise<void>;
}

interface OpenLogFiles extends LogFiles {
  readonly stream: DestinationStream;
}

const MAX_FILE_BYTES = 10 * 1_024 * 1_024;
const MAX_FILES = 6;
const OWNER_ONLY = 0o600;

/**
 * `tapedeck.1.log`, `tapedeck.2.log`, … in this folder; the highest number is the newest, and the
 * next run goes on with it. Each entry is written before the call returns: a crash loses none, and
 * there is nothing to flush. `onFailure` is told once, when the disk refuses; nothing is written then.
 */
export async function openLogFiles(
  folder: string,
  onFailure: (reason: string) => void,
  { maxFileBytes = MAX_FILE_BYTES, maxFiles = MAX_FILES }: LogFilesOptions = {},
): Promise<OpenLogFiles> {
  const stream = await roll({
    file: join(folder, 'tapedeck'),
    extension: '.log',
    size: `${maxFileBytes}b`,
    limit: { count: maxFiles, removeOtherLogFiles: true },
    mkdir: true,
    mode: OWNER_ONLY,
    sync: true,
  });
  let hasFailed = false;
  stream.on('error', (error) => {
    // What fails after the first time has been told.
    if (hasFailed) return;
    hasFailed = true;
    stream.destroy();
    onFailure(error.message);
  });
  return {
    stream,
    close: async () => {
      if (hasFailed) return;
      const closed = once(stream, 'close');
      stream.end();
      await closed;
    },
  };
}
