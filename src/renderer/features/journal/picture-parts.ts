/** Bytes of a picture that go into one message: base64 makes four of three. */
const PART_BYTES = 6_000;

/** A picture in base64, in parts that are small enough for the hub. */
export function pictureParts(bytes: Uint8Array): readonly string[] {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += PART_BYTES) {
    parts.push(toBase64(bytes.subarray(start, start + PART_BYTES)));
  }
  return parts;
}

const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
