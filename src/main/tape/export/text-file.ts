import { closeSync, openSync, writeSync } from 'node:fs';

const BUFFER_CHARACTERS = 256 * 1_024;

/** Text that goes to a new file in large pieces. */
export class TextFile {
  readonly #descriptor: number;
  #pending: string[] = [];
  #pendingLength = 0;
  #isOpen = true;
  bytesWritten = 0;

  constructor(path: string) {
    this.#descriptor = openSync(path, 'wx');
  }

  append(text: string): void {
    this.#pending.push(text);
    this.#pendingLength += text.length;
    if (this.#pendingLength >= BUFFER_CHARACTERS) this.flush();
  }

  flush(): void {
    const bytes = Buffer.from(this.#pending.join(''));
    let done = 0;
    while (done < bytes.length) done += writeSync(this.#descriptor, bytes, done);
    this.bytesWritten += bytes.length;
    this.#pending = [];
    this.#pendingLength = 0;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#descriptor);
  }
}
