import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { gunzipChunks, type RecordingBytes } from './gunzip.ts';

const READ_BYTES = 64 * 1_024;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Told how much of the file is read, 0 to 1. */
export type ReadListener = (share: number) => void;

/** Checks that `file` can be read and looks whether it is packed: by its first bytes, not its name. */
export async function openRecording(
  file: string,
): Promise<Result<(onRead?: ReadListener) => RecordingBytes>> {
  try {
    const info = await stat(file);
    if (info.isDirectory()) return fail('invalid_payload', `${file} is a folder, not a recording.`);
    if (info.size === 0) return fail('invalid_payload', `${file} is empty.`);
    const isPacked = await hasGzipMagic(file);
    return succeed((onRead) => {
      const stream = createReadStream(file, { highWaterMark: READ_BYTES });
      const source = onRead ? counted(stream, info.size, onRead) : stream;
      return isPacked ? gunzipChunks(source) : plainChunks(source);
    });
  } catch (error) {
    return fail(...describe(file, error));
  }
}

async function hasGzipMagic(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && GZIP_MAGIC.every((byte, i) => buffer[i] === byte);
  } finally {
    await handle.close();
  }
}

async function* counted(
  source: AsyncIterable<Buffer>,
  size: number,
  onRead: ReadListener,
): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const chunk of source) {
    read += chunk.length;
    // It may grow meanwhile.
    onRead(Math.min(1, read / size));
    yield chunk;
  }
}

async function* plainChunks(source: AsyncIterable<Buffer>): RecordingBytes {
  yield* source;
  return null;
}

function describe(file: string, error: unknown): ['not_found' | 'unavailable', string] {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return ['not_found', `There is no file ${file}.`];
  return ['unavailable', `${file} cannot be read (${code}).`];
}
