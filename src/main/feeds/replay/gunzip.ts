import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGunzip, type Gunzip } from 'node:zlib';

/** How a recording's bytes end: whole, or cut off or damaged with everything before it delivered. */
type Damage = { readonly reason: string } | null;

/** The bytes of a recording, unpacked. The generator's return value tells whether it was whole. */
export type RecordingBytes = AsyncGenerator<Buffer, Damage>;

/**
 * Unpacks gzip (several members in a row, too) and, unlike piping into a gunzip stream, loses nothing
 * where the data are cut off or damaged: a stream that fails drops what it had already unpacked, so
 * here each piece goes in by hand and what it yields is taken out before the next.
 */
export async function* gunzipChunks(source: AsyncIterable<Buffer>): RecordingBytes {
  const gunzip = createGunzip();
  const unpacked: Buffer[] = [];
  let failure: Error | null = null;
  gunzip.on('data', (chunk: Buffer) => unpacked.push(chunk));
  gunzip.on('error', (error) => {
    failure = error;
  });
  const isBroken = () => failure !== null;
  try {
    for await (const chunk of source) {
      await feed(gunzip, chunk);
      yield* unpacked.splice(0);
      if (isBroken()) break;
    }
    if (!isBroken()) await finish(gunzip);
    yield* unpacked.splice(0);
  } finally {
    gunzip.destroy();
  }
  return failure === null ? null : { reason: describe(failure) };
}

/** Resolves when all that `chunk` unpacks to has been handed out, or unpacking failed. */
async function feed(gunzip: Gunzip, chunk: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      gunzip.off('close', done);
      resolve();
    };
    // A write that meets damaged data is never answered: the stream just closes.
    gunzip.once('close', done);
    gunzip.write(chunk, done);
  });
  await nextTurn();
}

async function finish(gunzip: Gunzip): Promise<void> {
  await new Promise<void>((resolve) => {
    gunzip.once('close', resolve);
    gunzip.end();
  });
}

function describe(error: Error & { code?: string }): string {
  return error.code === 'Z_BUF_ERROR'
    ? 'the file is cut off: the gzip data end early'
    : `the gzip data are damaged (${error.message})`;
}
