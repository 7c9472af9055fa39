import {
  appendFileSync,
  closeSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
} from 'node:fs';

/** Once all is answered, a file that has grown beyond this begins anew. */
const MOST_ANSWERED_BYTES = 1_048_576;
const LINE_END = 0x0a;

export interface OutboxOptions {
  /**
   * Whether each record is forced to the disk before `add` returns, so that a power failure loses none
   * either. It costs one write of the disk a record. True, if not given.
   */
  readonly isSynced?: boolean;
}

/**
 * Records that wait for the hub's answer, in a file that only grows: `+` and the record as JSON when it
 * comes, `-` and its id when it is answered. A process that is killed at any moment loses nothing that
 * `add` has returned for; half a line at the end, of the moment itself, is cut off.
 *
 * One process at a time uses a file.
 */
export class Outbox<R extends { readonly id: string }> {
  readonly #descriptor: number;
  readonly #isSynced: boolean;
  readonly #pending = new Map<string, R>();
  #bytes = 0;

  constructor(file: string, { isSynced = true }: OutboxOptions = {}) {
    this.#isSynced = isSynced;
    this.#descriptor = openSync(file, 'a');
    const content = readFileSync(file);
    this.#bytes = content.lastIndexOf(LINE_END) + 1;
    ftruncateSync(this.#descriptor, this.#bytes);
    for (const line of content.toString('utf8', 0, this.#bytes).split('\n')) this.#read(line);
  }

  /** Those that wait, the oldest first. */
  get pending(): Iterable<R> {
    return this.#pending.values();
  }

  get size(): number {
    return this.#pending.size;
  }

  has(id: string): boolean {
    return this.#pending.has(id);
  }

  /** Written when it returns. */
  add(record: R): void {
    this.#write(`+${JSON.stringify(record)}`);
    if (this.#isSynced) fdatasyncSync(this.#descriptor);
    this.#pending.set(record.id, record);
  }

  /** Not forced to the disk: forgotten, it is sent once more, and counts once. */
  answered(id: string): void {
    if (!this.#pending.delete(id)) return;
    this.#write(`-${id}`);
    if (this.#pending.size > 0 || this.#bytes < MOST_ANSWERED_BYTES) return;
    ftruncateSync(this.#descriptor, 0);
    this.#bytes = 0;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #read(line: string): void {
    if (line.startsWith('-')) this.#pending.delete(line.slice(1));
    if (!line.startsWith('+')) return;
    const record = JSON.parse(line.slice(1)) as R;
    this.#pending.set(record.id, record);
  }

  #write(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    try {
      appendFileSync(this.#descriptor, bytes);
    } catch (error) {
      // Of a full disk: the next line would be written behind half of this one.
      ftruncateSync(this.#descriptor, this.#bytes);
      throw error;
    }
    this.#bytes += bytes.length;
  }
}
