import { type ByteReader, ByteWriter, DamagedBytes } from './bytes.ts';
import { NumberColumn, readNumbers, skipNumbers } from './number-column.ts';

/** Ids that are plain integers go as a number column, any others as lengths and UTF-8 text. */
const NUMERIC = 0;
const TEXT = 1;

const PLAIN_INTEGER = /^(?:0|[1-9]\d{0,14})$/;

/** The number that a trade id is, if it reads back as the very same text; else null. */
export const numericId = (id: string): number | null =>
  PLAIN_INTEGER.test(id) ? Number(id) : null;

/** A column of ids that is written one by one, and can be had at any time. */
export class IdColumn {
  /** Null from the first id on that is no plain integer. */
  #numbers: NumberColumn | null = new NumberColumn({ asDeltas: true });
  readonly #lengths = new ByteWriter();
  readonly #texts = new ByteWriter();

  add(id: string): void {
    const number = this.#numbers && numericId(id);
    if (number !== null) this.#numbers?.add(number);
    else this.#addText(id);
  }

  /** What `readIds` takes. */
  writeTo(writer: ByteWriter): void {
    writer.byte(this.#numbers ? NUMERIC : TEXT);
    if (this.#numbers) {
      writer.append(this.#numbers.written());
      return;
    }
    writer.append(this.#lengths.written());
    writer.append(this.#texts.written());
  }

  #addText(id: string): void {
    const before = this.#numbers?.values() ?? [];
    this.#numbers = null;
    for (const number of before) this.#append(String(number));
    this.#append(id);
  }

  #append(id: string): void {
    const text = Buffer.from(id, 'utf8');
    this.#lengths.varint(text.length);
    this.#texts.append(text);
  }
}

export function readIds(reader: ByteReader, count: number): string[] {
  switch (reader.byte()) {
    case NUMERIC:
      return numericIds(readNumbers(reader, count));
    case TEXT:
      return Array.from({ length: count }, () => reader.varint()).map((length) =>
        reader.take(length).toString('utf8'),
      );
    default:
      throw new DamagedBytes('the ids are of an unknown kind');
  }
}

const THOUSAND = 1_000;
const LAST_DIGITS: readonly string[] = Array.from({ length: THOUSAND }, (_, number) =>
  String(number).padStart(3, '0'),
);

/** Ids mostly count up: written by their last digits they take a third of the time. */
function numericIds(numbers: Float64Array): string[] {
  const ids: string[] = [];
  let thousands = -1;
  let prefix = '';
  for (const number of numbers) {
    if (number < THOUSAND) {
      ids.push(String(number));
      continue;
    }
    const rest = number % THOUSAND;
    if ((number - rest) / THOUSAND !== thousands) {
      thousands = (number - rest) / THOUSAND;
      prefix = String(thousands);
    }
    ids.push(prefix + LAST_DIGITS[rest]);
  }
  return ids;
}

export function skipIds(reader: ByteReader, count: number): void {
  if (reader.byte() === NUMERIC) {
    skipNumbers(reader, count);
    return;
  }
  let bytes = 0;
  for (let index = 0; index < count; index++) bytes += reader.varint();
  reader.take(bytes);
}
