import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { gunzipChunks, type RecordingBytes } from './gunzip.ts';

const READ_BYTES = 64 * 1_024;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Checks that `file` can be read and looks whether it is packed: by its first bytes, not its name. */
export async function openRecording(file: string): Promise<Result<() => RecordingBytes>> {
  try {
    const info = await stat(file);
    if (info.isDirectory()) return fail('invalid_payload', `${file} is a folder, not a recording.`);
    if (info.size === 0) return fail('invalid_payload', `${file} is empty.`);
    const isPacked = await hasGzipMagic(file);
    return succeed(() => {
      const source = createReadStream(file, { highWaterMark: READ_BYTES });
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

async function* plainChunks(source: AsyncIterable<Buffer>): RecordingBytes {
  yield* source;
  return null;
}

function describe(file: string, error: unknown): ['not_found' | 'unavailable', string] {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return ['not_found', `There is no file ${file}.`];
  return ['unavailable', `${file} cannot be read (${code}).`];
}
