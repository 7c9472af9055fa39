const NEWLINE = 0x0a;
/** A depth snapshot of 5,000 levels a side is about 350 kB. */
const MOST_LINE_BYTES = 8 * 1_024 * 1_024;

/** A line and its 1-based number; `text` is null where the line is too long to be one. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string | null;
}

/** Cuts chunks of bytes into lines with bounded memory. Empty lines are counted and left out. */
export class LineSplitter {
  #number = 0;
  #rest: Buffer[] = [];
  #restBytes = 0;
  #isTooLong = false;

  /** The number that the next line to end will have. */
  get nextNumber(): number {
    return this.#number + 1;
  }

  /** Bytes of a line that has begun and not ended. */
  get unfinishedBytes(): number {
    return this.#restBytes;
  }

  push(chunk: Buffer): readonly NumberedLine[] {
    const lines: NumberedLine[] = [];
    let start = 0;
    for (
      let end = chunk.indexOf(NEWLINE);
      end !== -1;
      start = end + 1, end = chunk.indexOf(NEWLINE, start)
    ) {
      this.#keep(chunk.subarray(start, end));
      this.#endLine(lines);
    }
    this.#keep(chunk.subarray(start));
    return lines;
  }

  /** The last line, where the file does not end with a newline. */
  finish(): readonly NumberedLine[] {
    const lines: NumberedLine[] = [];
    if (this.#restBytes > 0) this.#endLine(lines);
    return lines;
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return;
    this.#restBytes += part.length;
    this.#isTooLong ||= this.#restBytes > MOST_LINE_BYTES;
    if (this.#isTooLong) this.#rest = [];
    else this.#rest.push(part);
  }

  #endLine(lines: NumberedLine[]): void {
    this.#number++;
    const text = this.#isTooLong ? null : this.#text();
    if (text !== '') lines.push({ number: this.#number, text });
    this.#rest = [];
    this.#restBytes = 0;
    this.#isTooLong = false;
  }

  #text(): string {
    const [only] = this.#rest;
    const bytes = this.#rest.length === 1 && only ? only : Buffer.concat(this.#rest);
    return bytes.toString('utf8').trim();
  }
}
