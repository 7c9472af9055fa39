import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EventSpool } from '#main/replay/spool/event-spool.ts';
import { SpoolFile } from '#main/replay/spool/spool-file.ts';
import { SpoolWriter } from '#main/replay/spool/spool-writer.ts';
import { pack, unpack } from '#main/tape/block-codec.ts';

/** Owner only, as the data directory is. */
const FOLDER_MODE = 0o700;
/** What must stay free on the disk: ledger and tape come first. */
const RESERVE_BYTES = 256 * 1024 * 1024;
/** Of a spool, between two looks at what is free. */
const CHECK_BYTES = 32 * 1024 * 1024;

const PACKING = { pack: (bytes: Uint8Array) => pack(bytes, 'fast'), unpack };

/** Where the spools of recordings lie while a deck plays them. It belongs to this process alone. */
export class SpoolPlace {
  readonly #folder: string;
  readonly #reserveBytes: number;
  #lastNumber = 0;

  constructor(folder: string, reserveBytes = RESERVE_BYTES) {
    this.#folder = folder;
    this.#reserveBytes = reserveBytes;
  }

  /** What a process that died has left behind goes. */
  clear(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }

  /** Throws what the system says. */
  async create(): Promise<SpoolWriter> {
    await mkdir(this.#folder, { recursive: true, mode: FOLDER_MODE });
    await this.assertRoom();
    this.#lastNumber += 1;
    const path = join(this.#folder, `recording-${this.#lastNumber}.spool`);
    return new SpoolWriter(await SpoolFile.create(path, PACKING));
  }

  async assertRoom(): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder);
    if (bavail * bsize < this.#reserveBytes) throw new NoRoom();
  }
}

class NoRoom extends Error {}

/**
 * Spools what is read of a recording as long as the disk lets it. Where it does not the rest is done
 * without, and `slowSeek` says why.
 */
export class RecordingSpool {
  readonly #place: SpoolPlace;
  #writer: SpoolWriter | null = null;
  #checkedBytes = 0;
  #slowSeek: string | null = null;

  private constructor(place: SpoolPlace) {
    this.#place = place;
  }

  static async begin(place: SpoolPlace): Promise<RecordingSpool> {
    const spool = new RecordingSpool(place);
    await spool.#attempt(async () => {
      spool.#writer = await place.create();
    });
    return spool;
  }

  /** A sentence for the user; null as long as all is well. */
  get slowSeek(): string | null {
    return this.#slowSeek;
  }

  async add(events: readonly MarketEvent[]): Promise<void> {
    const writer = this.#writer;
    if (!writer) return;
    await this.#attempt(async () => {
      await writer.add(events);
      if (writer.bytes < this.#checkedBytes + CHECK_BYTES) return;
      this.#checkedBytes = writer.bytes;
      await this.#place.assertRoom();
    });
  }

  /** The reader's from here on. Null where it came to nothing. */
  async finish(): Promise<EventSpool | null> {
    const writer = this.#writer;
    let spool: EventSpool | null = null;
    if (!writer) return null;
    await this.#attempt(async () => {
      spool = await writer.finish();
      this.#writer = null;
    });
    return spool;
  }

  /** Of what is not finished nothing is left. */
  async discard(): Promise<void> {
    const writer = this.#writer;
    this.#writer = null;
    await writer?.discard();
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const why = reasonOf(error);
      if (why === null) throw error;
      this.#slowSeek = `Going back plays it from its start: ${why}.`;
      await this.discard();
    }
  }
}

/** Null for a bug. */
function reasonOf(error: unknown): string | null {
  if (error instanceof NoRoom) return 'too little room is left on the disk';
  if (!(error instanceof Error) || !('code' in error)) return null;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EACCES':
    case 'EPERM':
      return 'the data directory cannot be written to';
    case 'EROFS':
      return 'the disk is read-only';
    default:
      return `the system answers ${String(error.code)}`;
  }
}
