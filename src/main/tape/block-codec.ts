import zlib from 'node:zlib';
import { DamagedBytes } from './bytes.ts';

/** How a block's body is packed. The numbers are part of the format. */
const CODEC_RAW = 0;
const CODEC_DEFLATE = 1;
const CODEC_ZSTD = 2;

/** `fast` for a tail that is rewritten at each flush, `small` for what stays. */
export type Effort = 'fast' | 'small';

const ZSTD_LEVEL: Readonly<Record<Effort, number>> = { fast: 1, small: 9 };
const DEFLATE_LEVEL: Readonly<Record<Effort, number>> = { fast: 1, small: 6 };

/** Node before 22.15 has no zstd. */
const hasZstd = typeof zlib.zstdCompressSync === 'function';

export interface Packed {
  readonly codec: number;
  readonly bytes: Uint8Array;
}

export function pack(body: Uint8Array, effort: Effort): Packed {
  const packed: Packed = hasZstd
    ? { codec: CODEC_ZSTD, bytes: zstd(body, ZSTD_LEVEL[effort]) }
    : {
        codec: CODEC_DEFLATE,
        bytes: zlib.deflateRawSync(body, { level: DEFLATE_LEVEL[effort] }),
      };
  return packed.bytes.length < body.length ? packed : { codec: CODEC_RAW, bytes: body };
}

const zstd = (body: Uint8Array, level: number): Uint8Array =>
  zlib.zstdCompressSync(body, {
    params: { [zlib.constants.ZSTD_c_compressionLevel]: level },
  });

/** `length` is that of the body; output beyond it is refused rather than allocated. */
export function unpack({ codec, bytes }: Packed, length: number): Uint8Array {
  const body = inflate(codec, bytes, Math.max(1, length));
  if (body.length !== length) throw new DamagedBytes('its body has the wrong length');
  return body;
}

function inflate(codec: number, bytes: Uint8Array, maxOutputLength: number): Uint8Array {
  switch (codec) {
    case CODEC_RAW:
      return bytes;
    case CODEC_DEFLATE:
      return zlib.inflateRawSync(bytes, { maxOutputLength });
    case CODEC_ZSTD:
      if (!hasZstd) throw new DamagedBytes('it needs Node 22.15 or later (zstd)');
      return zlib.zstdDecompressSync(bytes, { maxOutputLength });
    default:
      throw new DamagedBytes('it is packed in an unknown way');
  }
}
