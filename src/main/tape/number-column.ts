import { ByteReader, ByteWriter, DamagedBytes } from './bytes.ts';

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

/** A column that is written value by value, and can be had at any time. */
export class NumberColumn {
  readonly #asDeltas: boolean;
  readonly #bytes: ByteWriter;
  #count = 0;
  /** The fewest that hold every value exactly; null where none does. */
  #decimals: number | null = 0;
  #factor = 1;
  #previous = 0;

  constructor(options: { readonly asDeltas: boolean; readonly capacity?: number }) {
    this.#asDeltas = options.asDeltas;
    this.#bytes = new ByteWriter(options.capacity);
    this.#bytes.byte(this.#kind());
  }

  add(value: number): void {
    this.#count += 1;
    if (this.#decimals === null) {
      this.#bytes.float64(value);
      return;
    }
    const integer = Math.round(value * this.#factor);
    if (isExact(value, integer, this.#factor)) this.#append(integer);
    else this.#rewriteWith(value);
  }

  /** What `readNumbers` takes, in memory that the next value may change. */
  written(): Uint8Array {
    return this.#bytes.written();
  }

  /** All values so far. */
  values(): Float64Array {
    return readNumbers(new ByteReader(this.written()), this.#count);
  }

  #kind(): number {
    if (this.#decimals === null) return FLOAT64;
    return this.#asDeltas ? this.#decimals | DELTA : this.#decimals;
  }

  #append(integer: number): void {
    const step = integer - this.#previous;
    this.#bytes.varint(step < 0 ? -2 * step - 1 : 2 * step);
    if (this.#asDeltas) this.#previous = integer;
  }

  /** The newest value needs more decimals than those before it. */
  #rewriteWith(value: number): void {
    const values = new Float64Array(this.#count);
    readNumbers(new ByteReader(this.written()), this.#count - 1, values.subarray(0, -1));
    values[this.#count - 1] = value;
    this.#decimals = decimalsOf(values, this.#decimals ?? 0);
    this.#factor = powerOfTen(this.#decimals ?? 0);
    this.#previous = 0;
    this.#bytes.clear();
    this.#bytes.byte(this.#kind());
    for (const each of values) {
      if (this.#decimals === null) this.#bytes.float64(each);
      else this.#append(Math.round(each * this.#factor));
    }
  }
}

export function writeNumbers(
  writer: ByteWriter,
  values: Float64Array,
  options: { readonly asDeltas: boolean },
): void {
  const column = new NumberColumn(options);
  for (const value of values) column.add(value);
  writer.append(column.written());
}

/** Into memory of the caller's, where it has some. */
export function readNumbers(
  reader: ByteReader,
  count: number,
  into: Float64Array = new Float64Array(count),
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

/** The fewest decimals, no less than `least`, that hold every value exactly; null where none does. */
function decimalsOf(values: Float64Array, least: number): number | null {
  let decimals = least;
  for (const value of values) {
    while (!isExactAt(value, powerOfTen(decimals))) {
      if (++decimals > MOST_DECIMALS) return null;
    }
  }
  const factor = powerOfTen(decimals);
  return values.every((value) => isExactAt(value, factor)) ? decimals : null;
}

const isExactAt = (value: number, factor: number): boolean =>
  isExact(value, Math.round(value * factor), factor);

const isExact = (value: number, integer: number, factor: number): boolean =>
  Math.abs(integer) <= LARGEST_SCALED && integer / factor === value && !Object.is(value, -0);
