/** Bytes that do not follow the format: found while reading, answered as a failure by the caller. */
export class DamagedBytes extends Error {}

/** Largest bytes of a varint: 7 bits each, for numbers up to 2^53. */
export const VARINT_BYTES = 8;

/** Appends to a buffer of a size that the caller has worked out beforehand. */
export class ByteWriter {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafe(capacity);
  }

  byte(value: number): void {
    this.#bytes[this.#offset++] = value;
  }

  /** LEB128 of a non-negative integer up to 2^53. */
  varint(value: number): void {
    const bytes = this.#bytes;
    let rest = value;
    // Bit operations are exact below 2^31 only, and several times faster.
    while (rest > 0x7fff_ffff) {
      bytes[this.#offset++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    while (rest > 127) {
      bytes[this.#offset++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    bytes[this.#offset++] = rest;
  }

  float64(value: number): void {
    this.#offset = this.#bytes.writeDoubleLE(value, this.#offset);
  }

  append(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#offset);
    this.#offset += bytes.length;
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#offset);
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

  float64(): number {
    return this.take(8).readDoubleLE(0);
  }

  take(length: number): Buffer {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new DamagedBytes('it ends too early');
    const taken = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return taken;
  }

  assertEnd(): void {
    if (this.#offset !== this.#bytes.length) throw new DamagedBytes('it is too long');
  }
}
