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
    const lines: (string | null)[] = (this.#rest + this.#decoder.write(piece)).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#isTooLong && lines.length > 0) {
      lines[0] = null;
      this.#isTooLong = false;
    }
    if (this.#rest.length > MOST_RECORD_LENGTH) {
      this.#isTooLong = true;
      this.#rest = '';
    }
    return this.#batch(lines);
  }

  finish(): RecordBatch {
    const last = this.#isTooLong ? null : this.#rest + this.#decoder.end();
    this.#rest = '';
    return this.#batch(last === '' ? [] : [last]);
  }

  #batch(records: readonly (string | null)[]): RecordBatch {
    const firstNumber = this.#next;
    this.#next += records.length;
    return { firstNumber, records };
  }
}
