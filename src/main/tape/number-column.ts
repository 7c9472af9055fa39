import { type ByteReader, type ByteWriter, DamagedBytes, VARINT_BYTES } from './bytes.ts';

/**
 * A column of numbers, lossless. First a byte that says how: `0xff` for plain float64; else the
 * decimal places by which the values were scaled to integers (low four bits) and whether each is
 * stored as its difference to the one before (0x10). Then the integers as zigzag varints.
 */
const FLOAT64 = 0xff;
const DELTA = 0x10;
const MOST_DECIMALS = 15;
/** Differences of scaled values, zigzagged, then stay below 2^53, where integers are exact. */
const LARGEST_SCALED = 2 ** 51;

const POWERS_OF_TEN: readonly number[] = Array.from({ length: MOST_DECIMALS + 1 }, (_, d) =>
  Number(`1e${d}`),
);
const powerOfTen = (decimals: number): number => POWERS_OF_TEN[decimals] ?? Number.NaN;

export const numberColumnCapacity = (count: number): number => 1 + count * VARINT_BYTES;

export function writeNumbers(
  writer: ByteWriter,
  values: Float64Array,
  options: { readonly asDeltas: boolean },
): void {
  const scaled = new Float64Array(values.length);
  const decimals = scale(values, scaled);
  if (decimals === null) {
    writer.byte(FLOAT64);
    for (const value of values) writer.float64(value);
    return;
  }
  writer.byte(options.asDeltas ? decimals | DELTA : decimals);
  let previous = 0;
  for (const value of scaled) {
    const step = value - previous;
    writer.varint(step < 0 ? -2 * step - 1 : 2 * step);
    if (options.asDeltas) previous = value;
  }
}

/** Into memory of the caller's, where it has some. */
export function readNumbers(
  reader: ByteReader,
  count: number,
  into = new Float64Array(count),
): Float64Array {
  const divisor = readScaled(reader, into);
  // A quotient of two exact integers is the double nearest to the decimal: what was parsed.
  if (divisor !== 1)
    for (let index = 0; index < count; index++) into[index] = (into[index] ?? 0) / divisor;
  return into;
}

/** Fills `into` with integers where it can: each value is one of them divided by what is returned. */
export function readScaled(reader: ByteReader, into: Float64Array): number {
  const kind = reader.byte();
  if (kind === FLOAT64) {
    for (let index = 0; index < into.length; index++) into[index] = reader.float64();
    return 1;
  }
  if (kind >= DELTA * 2) throw new DamagedBytes('a column is of an unknown kind');
  reader.zigzags(into, kind >= DELTA);
  return powerOfTen(kind % DELTA);
}

export function skipNumbers(reader: ByteReader, count: number): void {
  if (reader.byte() === FLOAT64) reader.take(count * 8);
  else reader.skipVarints(count);
}

/** Fills `scaled` at the fewest decimals that hold every value exactly; null if none does. */
function scale(values: Float64Array, scaled: Float64Array): number | null {
  let decimals = 0;
  for (const value of values) {
    while (!isExactAt(value, powerOfTen(decimals))) {
      if (++decimals > MOST_DECIMALS) return null;
    }
  }
  const factor = powerOfTen(decimals);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (!isExactAt(value, factor)) return null;
    scaled[index] = Math.round(value * factor);
  }
  return decimals;
}

function isExactAt(value: number, factor: number): boolean {
  const integer = Math.round(value * factor);
  return Math.abs(integer) <= LARGEST_SCALED && integer / factor === value && !Object.is(value, -0);
}
