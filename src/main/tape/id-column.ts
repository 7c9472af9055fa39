import { type ByteReader, type ByteWriter, DamagedBytes, VARINT_BYTES } from './bytes.ts';
import { numberColumnCapacity, readNumbers, skipNumbers, writeNumbers } from './number-column.ts';

/** Ids that are plain integers go as a number column, any others as lengths and UTF-8 text. */
const NUMERIC = 0;
const TEXT = 1;

const PLAIN_INTEGER = /^(?:0|[1-9]\d{0,14})$/;

/** The number that a trade id is, if it reads back as the very same text; else null. */
export const numericId = (id: string): number | null =>
  PLAIN_INTEGER.test(id) ? Number(id) : null;

export const idColumnCapacity = (ids: readonly string[]): number =>
  1 + numberColumnCapacity(ids.length) + ids.length * VARINT_BYTES + 3 * totalLength(ids);

const totalLength = (ids: readonly string[]): number =>
  ids.reduce((total, id) => total + id.length, 0);

export function writeIds(writer: ByteWriter, ids: readonly string[]): void {
  const numbers = new Float64Array(ids.length);
  const isNumeric = ids.every((id, index) => {
    const number = numericId(id);
    numbers[index] = number ?? 0;
    return number !== null;
  });
  writer.byte(isNumeric ? NUMERIC : TEXT);
  if (isNumeric) {
    writeNumbers(writer, numbers, { asDeltas: true });
    return;
  }
  const texts = ids.map((id) => Buffer.from(id, 'utf8'));
  for (const text of texts) writer.varint(text.length);
  for (const text of texts) writer.append(text);
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
