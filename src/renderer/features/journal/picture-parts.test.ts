import { expect, it } from 'vitest';
import { pictureParts } from './picture-parts.ts';

it('makes parts that are small enough, and whole again when they are put together', () => {
  const bytes = Uint8Array.from({ length: 20_001 }, (_, index) => index % 256);
  const parts = pictureParts(bytes);
  expect(parts.every((part) => part.length <= 8_000)).toBe(true);
  const again = Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')));
  expect(again.equals(bytes)).toBe(true);
  expect(pictureParts(new Uint8Array())).toEqual([]);
});
