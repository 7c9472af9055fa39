import { StringDecoder } from 'node:string_decoder';
import { MOST_RECORD_LENGTH, type RecordBatch, type RecordSplitter } from './text-records.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * The elements of one JSON array as text, as they come: the array is never in memory as a whole.
 * Brackets and quotes are followed, no more; whoever parses an element finds out whether it is one.
 */
export class JsonElementSplitter implements RecordSplitter {
  readonly #decoder = new StringDecoder('utf8');
  #element = '';
  #depth = 0;
  #isInText = false;
  #isEscaped = false;
  #isTooLong = false;
  #next = 1;

  push(piece: Buffer): RecordBatch {
    return this.#split(this.#decoder.write(piece));
  }

  get isComplete(): boolean {
    return this.#depth === 0;
  }

  /** An element that was begun and not ended is none. */
  finish(): RecordBatch {
    return this.#split(this.#decoder.end());
  }

  #split(text: string): RecordBatch {
    const records: (string | null)[] = [];
    let start = 0;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (this.#isInText) this.#followText(code);
      else if (code === QUOTE) this.#isInText = true;
      else if (OPENING.has(code)) {
        if (this.#depth++ === 0) start = index + 1;
      } else if (CLOSING.has(code)) {
        if (--this.#depth === 0) this.#end(text.slice(start, index), records);
      } else if (code === COMMA && this.#depth === 1) {
        this.#end(text.slice(start, index), records);
        start = index + 1;
      }
    }
    if (this.#depth > 0) this.#keep(text.slice(start));
    const firstNumber = this.#next;
    this.#next += records.length;
    return { firstNumber, records };
  }

  #followText(code: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (code === BACKSLASH) this.#isEscaped = true;
    else if (code === QUOTE) this.#isInText = false;
  }

  #keep(text: string): void {
    this.#isTooLong ||= this.#element.length + text.length > MOST_RECORD_LENGTH;
    this.#element = this.#isTooLong ? '' : this.#element + text;
  }

  #end(text: string, records: (string | null)[]): void {
    this.#keep(text);
    const element = this.#isTooLong ? null : this.#element.trim();
    if (element !== '') records.push(element);
    this.#element = '';
    this.#isTooLong = false;
  }
}
