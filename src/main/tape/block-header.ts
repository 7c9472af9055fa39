import zlib from 'node:zlib';
import type { EpochMs, Price } from '#domain/units.ts';
import { DamagedBytes } from './bytes.ts';

const BLOCK_VERSION = 1;
export const BLOCK_CAPACITY = 4_096;
export const HEADER_BYTES = 44;
/** Far above any real body: a damaged length must not allocate at will. */
const MOST_BODY_BYTES = 64 * 1024 * 1024;

const CHECKSUM_OFFSET = 4;
const CHECKSUM_END = 8;

/** What can be told of a block without unpacking it. */
export interface BlockHeader {
  readonly codec: number;
  readonly count: number;
  /** Earliest and latest event time. */
  readonly firstTime: EpochMs;
  readonly lastTime: EpochMs;
  readonly minimumPrice: Price;
  readonly maximumPrice: Price;
  /** Length of the body once unpacked. */
  readonly bodyBytes: number;
}

export function joinBlock(header: BlockHeader, packedBody: Uint8Array): Uint8Array {
  const block = Buffer.allocUnsafe(HEADER_BYTES + packedBody.length);
  block.writeUInt8(BLOCK_VERSION, 0);
  block.writeUInt8(header.codec, 1);
  block.writeUInt16LE(header.count, 2);
  block.writeDoubleLE(header.firstTime, 8);
  block.writeDoubleLE(header.lastTime, 16);
  block.writeDoubleLE(header.minimumPrice, 24);
  block.writeDoubleLE(header.maximumPrice, 32);
  block.writeUInt32LE(header.bodyBytes, 40);
  block.set(packedBody, HEADER_BYTES);
  block.writeUInt32LE(checksumOf(block), CHECKSUM_OFFSET);
  return block;
}

/** Throws `DamagedBytes` if the block is not whole, to the last bit. */
export function parseHeader(bytes: Uint8Array): BlockHeader {
  if (bytes.length < HEADER_BYTES) throw new DamagedBytes('it ends too early');
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = block.readUInt8(0);
  if (version > BLOCK_VERSION) throw new DamagedBytes('it was written by a newer Tapedeck');
  if (version !== BLOCK_VERSION) throw new DamagedBytes('it is not a trade block');
  if (block.readUInt32LE(CHECKSUM_OFFSET) !== checksumOf(block))
    throw new DamagedBytes('its checksum does not match');
  const count = block.readUInt16LE(2);
  const bodyBytes = block.readUInt32LE(40);
  if (count === 0 || count > BLOCK_CAPACITY) throw new DamagedBytes('its count is impossible');
  if (bodyBytes > MOST_BODY_BYTES) throw new DamagedBytes('its length is impossible');
  return {
    codec: block.readUInt8(1),
    count,
    firstTime: block.readDoubleLE(8) as EpochMs,
    lastTime: block.readDoubleLE(16) as EpochMs,
    minimumPrice: block.readDoubleLE(24) as Price,
    maximumPrice: block.readDoubleLE(32) as Price,
    bodyBytes,
  };
}

/** CRC-32 of all but the checksum itself. */
const checksumOf = (block: Buffer): number =>
  zlib.crc32(block.subarray(CHECKSUM_END), zlib.crc32(block.subarray(0, CHECKSUM_OFFSET)));
