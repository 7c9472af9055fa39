import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createGunzip } from 'node:zlib';
import type { Damage } from './input-parts.ts';

/** Unpacks gzip data to nowhere. Data that are cut off are no damage: what there is of them is right. */
export async function checkGzip(
  packed: Readable,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<Damage> {
  packed.on('data', (chunk: Buffer) => onBytes(chunk.length));
  try {
    await pipeline(packed, createGunzip(), drain, { signal });
    return null;
  } catch (error) {
    if (signal.aborted || codeOf(error) === 'Z_BUF_ERROR') return null;
    if (!(error instanceof Error) || !codeOf(error).startsWith('Z_')) throw error;
    return { reason: `the gzip data are damaged (${error.message})` };
  }
}

/** Whether an entry of an archive unpacks to what the archive says of it. */
export async function checkEntry(
  unpacked: Readable,
  expected: { readonly crc32: number },
  { signal, onBytes }: { signal: AbortSignal; onBytes: (count: number) => void },
): Promise<Damage> {
  let checksum = 0;
  try {
    for await (const chunk of unpacked) {
      checksum = crc32(chunk, checksum);
      onBytes(chunk.length);
      if (signal.aborted) return null;
    }
  } catch (error) {
    return { reason: zipDamage(error) };
  }
  return checksum === expected.crc32
    ? null
    : { reason: 'the zip data are damaged (the checksum does not match)' };
}

/** Errors of the archive's reader and of zlib tell of the file; others are bugs. */
export function zipDamage(error: unknown): string {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError)
    throw error;
  const isCutOff = /end of central directory/i.test(error.message);
  return isCutOff
    ? 'the file is cut off: the zip directory at its end is missing'
    : `the zip data are damaged (${error.message})`;
}

async function drain(unpacked: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of unpacked);
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
