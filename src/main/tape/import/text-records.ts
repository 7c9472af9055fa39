import { StringDecoder } from 'node:string_decoder';

/** Records of one piece of a file. The number of the first counts from 1 within the file. */
export interface RecordBatch {
  readonly firstNumber: number;
  /** Null where a record is longer than any can be. */
  readonly records: readonly (string | null)[];
}

/** Cuts text that comes in pieces into records, in bounded memory. */
export interface RecordSplitter {
  push(piece: Buffer): RecordBatch;
  /** What is left at the end of a whole file. */
  finish(): RecordBatch;
  /** Whether the file may end here: it is no half-told array. */
  readonly isComplete: boolean;
}

/** A combined-stream depth frame is below 100 kB; a trade below 1 kB. */
export const MOST_RECORD_LENGTH = 8 * 1_024 * 1_024;

/** Lines, with or without a carriage return; empty ones are counted, and come as empty text. */
export class LineSplitter implements RecordSplitter {
  readonly isComplete = true;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  #isTooLong = false;
  #next = 1;

  push(piece: Buffer): RecordBatch {
    const lines: (string | null)[] = this.#decoder.write(piece).split('\n');
    const rest = lines.pop() ?? '';
    if (lines.length > 0) {
      lines[0] = this.#isTooLong ? null : this.#rest + lines[0];
      this.#rest = '';
      this.#isTooLong = false;
    }
    this.#keep(rest);
    return this.#batch(lines);
  }

  finish(): RecordBatch {
    const last = this.#isTooLong ? null : this.#rest + this.#decoder.end();
    this.#rest = '';
    return this.#batch(last === '' ? [] : [last]);
  }

  /** What has come of a line is not looked through again with each piece: it may have no end. */
  #keep(text: string): void {
    this.#isTooLong ||= this.#rest.length + text.length > MOST_RECORD_LENGTH;
    this.#rest = this.#isTooLong ? '' : this.#rest + text;
  }

  #batch(records: readonly (string | null)[]): RecordBatch {
    const firstNumber = this.#next;
    this.#next += records.length;
    return { firstNumber, records };
  }
}
