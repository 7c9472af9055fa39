/** Bytes that do not follow the format: found while reading, answered as a failure by the caller. */
export class DamagedBytes extends Error {}

/** Largest bytes of a varint: 7 bits each, for numbers up to 2^53. */
const VARINT_BYTES = 8;
const FLOAT64_BYTES = 8;

const FEWEST_BYTES = 64;

/** Appends to a buffer that grows as it needs to. */
export class ByteWriter {
  #bytes: Buffer;
  #length = 0;

  constructor(capacity = FEWEST_BYTES) {
    this.#bytes = Buffer.allocUnsafe(Math.max(FEWEST_BYTES, capacity));
  }

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** LEB128 of a non-negative integer up to 2^53. */
  varint(value: number): void {
    this.#reserve(VARINT_BYTES);
    const bytes = this.#bytes;
    let length = this.#length;
    let rest = value;
    // Bit operations are exact below 2^31 only, and several times faster.
    while (rest > 0x7fff_ffff) {
      bytes[length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    while (rest > 127) {
      bytes[length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    bytes[length++] = rest;
    this.#length = length;
  }

  float64(value: number): void {
    this.#reserve(FLOAT64_BYTES);
    this.#length = this.#bytes.writeDoubleLE(value, this.#length);
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Begins anew, in the same memory. */
  clear(): void {
    this.#length = 0;
  }

  /** What is written so far, in memory that the next write may change. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#length + more));
    grown.set(this.written());
    this.#bytes = grown;
  }
}

/** Throws `DamagedBytes` rather than read beyond the end. */
export class ByteReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  byte(): number {
    const value = this.#bytes[this.#offset++];
    if (value === undefined) throw new DamagedBytes('it ends too early');
    return value;
  }

  varint(): number {
    let byte = this.byte();
    if (byte < 128) return byte;
    let value = byte & 127;
    let scale = 128;
    for (let length = 2; length <= VARINT_BYTES; length++) {
      byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
    throw new DamagedBytes('a number is too long');
  }

  /** As many zigzag varints as `into` has room for; with `asDeltas`, each is added to the one before. */
  zigzags(into: Float64Array, asDeltas: boolean): void {
    const bytes = this.#bytes;
    let offset = this.#offset;
    let previous = 0;
    for (let index = 0; index < into.length; index++) {
      // Most are of one or two bytes. What lies beyond the end reads as 0, and is found out below.
      let low = bytes[offset++] ?? 0;
      if (low > 127) {
        const next = bytes[offset++] ?? 0;
        low = (low & 127) | ((next & 127) << 7);
        if (next > 127) {
          const third = bytes[offset++] ?? 0;
          low |= (third & 127) << 14;
          if (third > 127) {
            this.#offset = offset - 3;
            const zigzag = this.varint();
            offset = this.#offset;
            previous += zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
            into[index] = previous;
            if (!asDeltas) previous = 0;
            continue;
          }
        }
      }
      previous += (low >>> 1) ^ -(low & 1);
      into[index] = previous;
      if (!asDeltas) previous = 0;
    }
    this.#moveTo(offset);
  }

  skipVarints(count: number): void {
    const bytes = this.#bytes;
    let offset = this.#offset;
    for (let left = count; left > 0; ) {
      if (offset >= bytes.length) break;
      left -= ((bytes[offset++] ?? 0) >> 7) ^ 1;
    }
    this.#moveTo(offset);
  }

  float64(): number {
    return this.take(FLOAT64_BYTES).readDoubleLE(0);
  }

  take(length: number): Buffer {
    const start = this.#offset;
    this.#moveTo(start + length);
    return this.#bytes.subarray(start, this.#offset);
  }

  assertEnd(): void {
    if (this.#offset !== this.#bytes.length) throw new DamagedBytes('it is too long');
  }

  #moveTo(offset: number): void {
    if (offset > this.#bytes.length) throw new DamagedBytes('it ends too early');
    this.#offset = offset;
  }
}
