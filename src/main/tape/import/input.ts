import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { isGzip } from './gzip-magic.ts';
import {
  type InputBytes,
  InputMeter,
  type InputOptions,
  type InputParts,
  type InputWays,
} from './input-parts.ts';
import { checkGzip } from './packed-check.ts';
import { zipParts } from './zip-parts.ts';

export interface Input {
  /** As it lies on disk. */
  readonly bytesTotal: number;
  readonly meter: InputMeter;
  parts(): InputParts;
}

const READ_BYTES = 256 * 1_024;
const ZIP_MAGIC = Buffer.from('PK');

/** Looks by the first bytes, not by the name, how a file is packed. */
export async function openInput(file: string, options: InputOptions): Promise<Result<Input>> {
  try {
    const info = await stat(file);
    if (info.isDirectory()) return fail('invalid_payload', `${file} is a folder, not a file.`);
    if (!info.isFile()) return fail('invalid_payload', `${file} is not a regular file.`);
    if (info.size === 0) return fail('invalid_payload', `${file} is empty.`);
    const magic = await firstBytes(file);
    const meter = new InputMeter(info.size);
    const ways = { file, meter, options };
    if (magic.equals(ZIP_MAGIC)) return succeed(input(meter, info.size, () => zipParts(ways)));
    return succeed(input(meter, info.size, () => onlyPart(ways, isGzip(magic))));
  } catch (error) {
    return fileFailure(file, error);
  }
}

const input = (meter: InputMeter, bytesTotal: number, parts: Input['parts']): Input => ({
  ...{ bytesTotal, meter, parts },
});

/** What a failed call of the file system means, in one sentence. Anything else is a bug: rethrown. */
export function fileFailure(file: string, error: unknown): ReturnType<typeof fail> {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return fail('not_found', `There is no file ${file}.`);
    case 'EACCES':
    case 'EPERM':
      return fail('unavailable', `${file} may not be read: its permissions do not allow it.`);
    default:
      return fail('unavailable', `${file} cannot be read (${String(error.code)}).`);
  }
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function* onlyPart({ file, meter, options }: InputWays, isPacked: boolean): InputParts {
  const { gunzip, signal, onProgress } = options;
  const chunks = () => createReadStream(file, { highWaterMark: READ_BYTES });
  if (isPacked) {
    const damage = await checkGzip(chunks(), signal, (bytes) => {
      meter.checked += bytes;
      onProgress();
    });
    if (damage) return damage;
  }
  async function* counted(): InputBytes {
    for await (const chunk of chunks()) {
      meter.read += chunk.length;
      yield chunk;
    }
    return null;
  }
  yield { name: file, bytes: () => (isPacked ? gunzip(counted()) : counted()) };
  return null;
}
