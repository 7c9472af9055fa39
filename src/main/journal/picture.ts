import { fail, type Result, succeed } from '#contract/errors.ts';

/** A picture as it is kept. */
export interface Picture {
  readonly mediaType: 'image/png' | 'image/webp';
  readonly bytes: Buffer;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** https://developers.google.com/speed/webp/docs/riff_container: RIFF, four bytes of length, WEBP. */
const isWebp = (bytes: Buffer): boolean =>
  bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';

/** What it is by its own first bytes: what a page will be given under that name. */
export function readPicture(bytes: Buffer): Result<Picture> {
  if (bytes.subarray(0, PNG.length).equals(PNG)) return succeed({ mediaType: 'image/png', bytes });
  if (isWebp(bytes)) return succeed({ mediaType: 'image/webp', bytes });
  return fail('invalid_payload', 'data: neither a PNG nor a WebP');
}
