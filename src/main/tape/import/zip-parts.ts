import yauzl from 'yauzl';
import { isGzip } from './gzip-magic.ts';
import type { Damage, Gunzip, InputBytes, InputParts, InputWays } from './input-parts.ts';
import { checkEntry, zipDamage } from './packed-check.ts';

/** The files in a zip archive. */
export async function* zipParts({ file, meter, options }: InputWays): InputParts {
  let archive: yauzl.ZipFile;
  try {
    archive = await yauzl.openPromise(file, { autoClose: false });
  } catch (error) {
    return { reason: zipDamage(error) };
  }
  try {
    for await (const entry of archive.eachEntry()) {
      if (!isData(entry.fileName)) continue;
      const place = new EntryPlace(meter, entry);
      yield {
        name: entry.fileName,
        bytes: () => entryBytes({ archive, entry, place, ...options }),
      };
      place.end();
    }
    meter.read = Number.POSITIVE_INFINITY;
    return null;
  } catch (error) {
    return { reason: zipDamage(error) };
  } finally {
    archive.close();
  }
}

/** Not folders, nor what macOS puts beside the data. */
const isData = (name: string): boolean =>
  !name.endsWith('/') && !name.startsWith('__MACOSX/') && !/(?:^|\/)\./.test(name);

/** Turns what is unpacked of an entry into bytes of the archive. */
class EntryPlace {
  readonly #meter: InputWays['meter'];
  readonly #start: number;
  readonly #entry: yauzl.Entry;
  #checked = 0;
  #read = 0;

  constructor(meter: InputWays['meter'], entry: yauzl.Entry) {
    this.#meter = meter;
    this.#start = meter.read;
    this.#entry = entry;
  }

  check(bytes: number): void {
    this.#checked += bytes;
    this.#meter.checked = this.#at(this.#checked);
  }

  read(bytes: number): void {
    this.#read += bytes;
    this.#meter.read = this.#at(this.#read);
  }

  end(): void {
    this.#meter.read = this.#start + this.#entry.compressedSize;
  }

  #at(unpacked: number): number {
    const { compressedSize, uncompressedSize } = this.#entry;
    return this.#start + compressedSize * (unpacked / Math.max(1, uncompressedSize));
  }
}

interface EntryWays {
  readonly archive: yauzl.ZipFile;
  readonly entry: yauzl.Entry;
  readonly place: EntryPlace;
  readonly gunzip: Gunzip;
  readonly signal: AbortSignal;
  readonly onProgress: () => void;
}

async function* entryBytes(ways: EntryWays): InputBytes {
  const { archive, entry, gunzip } = ways;
  if (entry.isEncrypted()) return { reason: `${entry.fileName} is encrypted` };
  const damage = await check(ways);
  if (damage) return damage;
  async function* unzipped(): InputBytes {
    for await (const chunk of await archive.openReadStreamPromise(entry)) {
      ways.place.read(chunk.length);
      yield chunk;
    }
    return null;
  }
  return yield* sniffed(unzipped(), gunzip);
}

async function check({ archive, entry, place, signal, onProgress }: EntryWays): Promise<Damage> {
  const onBytes = (count: number) => {
    place.check(count);
    onProgress();
  };
  try {
    const unpacked = await archive.openReadStreamPromise(entry);
    return await checkEntry(unpacked, entry, { signal, onBytes });
  } catch (error) {
    return { reason: zipDamage(error) };
  }
}

/** Some archives hold packed files. */
async function* sniffed(bytes: InputBytes, gunzip: Gunzip): InputBytes {
  const first = await bytes.next();
  if (first.done) return first.value;
  const whole = startingWith(first.value, bytes);
  return yield* isGzip(first.value) ? gunzip(whole) : whole;
}

async function* startingWith(first: Buffer, rest: InputBytes): InputBytes {
  yield first;
  return yield* rest;
}
