import { readSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { DamagedSpool } from './event-columns.ts';

/** Owner only, and never one that is there already. */
const FILE_MODE = 0o600;

/** How blocks are made smaller on disk. */
export interface Packing {
  pack(bytes: Uint8Array): Packed;
  /** `length` is that of what was packed. */
  unpack(packed: Packed, length: number): Uint8Array;
}

interface Packed {
  readonly codec: number;
  readonly bytes: Uint8Array;
}

/** Where packed bytes lie in a spool's file. */
export interface Stretch {
  readonly offset: number;
  readonly packedBytes: number;
  /** Unpacked. */
  readonly bytes: number;
  readonly codec: number;
}

/** A temporary file of packed stretches: written at its end, read anywhere, gone when it is closed. */
export class SpoolFile {
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #packing: Packing;
  #length = 0;
  /** Of the largest that was read, for the next. */
  #packed = new Uint8Array(0);

  private constructor(path: string, handle: FileHandle, packing: Packing) {
    this.#path = path;
    this.#handle = handle;
    this.#packing = packing;
  }

  /** Throws what the system says. */
  static async create(path: string, packing: Packing): Promise<SpoolFile> {
    return new SpoolFile(path, await open(path, 'wx+', FILE_MODE), packing);
  }

  /** In bytes, on disk. */
  get length(): number {
    return this.#length;
  }

  /** Throws what the system says, as that the disk is full. */
  async append(body: Uint8Array): Promise<Stretch> {
    const { codec, bytes } = this.#packing.pack(body);
    const offset = this.#length;
    await this.#handle.writeFile(bytes);
    this.#length += bytes.length;
    return { offset, packedBytes: bytes.length, bytes: body.length, codec };
  }

  /** At once: some tens of kilobytes that were written not long ago. */
  read({ offset, packedBytes, bytes, codec }: Stretch): Uint8Array {
    if (this.#packed.length < packedBytes) this.#packed = new Uint8Array(packedBytes);
    const packed = this.#packed.subarray(0, packedBytes);
    const read = readSync(this.#handle.fd, packed, 0, packedBytes, offset);
    if (read !== packedBytes) throw new DamagedSpool('ends too early');
    const body = this.#packing.unpack({ codec, bytes: packed }, bytes);
    // What could not be made smaller is the memory that the next is read into.
    return body.buffer === packed.buffer ? body.slice() : body;
  }

  async close(): Promise<void> {
    await this.#handle.close();
    await rm(this.#path, { force: true });
  }
}
