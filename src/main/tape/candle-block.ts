import type { Result } from '#contract/errors.ts';
import { invariant } from '#domain/assert.ts';
import type { CandleColumns } from '#domain/candle-columns.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { pack, unpack } from './block-codec.ts';
import { BLOCK_CAPACITY, HEADER_BYTES, joinBlock, parseHeader } from './block-header.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { readNumbers, writeNumbers } from './number-column.ts';
import { orDamaged } from './or-damaged.ts';

/** In this order in a block; whether each value is next to the one before. */
const COLUMNS = [
  ['openTimes', true],
  ['opens', true],
  ['highs', true],
  ['lows', true],
  ['closes', true],
  ['volumes', false],
  ['buyVolumes', false],
  ['tradeCounts', false],
] as const;

/** Packs 1 to 4,096 candles, oldest first, without loss, in the envelope of a trade block. */
export function encodeCandleBlock(columns: CandleColumns): Uint8Array {
  const { count, openTimes, lows, highs } = columns;
  invariant(count > 0 && count <= BLOCK_CAPACITY, 'a block has 1 to 4,096 candles');
  const writer = new ByteWriter();
  for (const [name, asDeltas] of COLUMNS) writeNumbers(writer, columns[name], { asDeltas });
  const body = writer.written();
  const packed = pack(body, 'small');
  return joinBlock(
    {
      ...{ codec: packed.codec, count, bodyBytes: body.length },
      firstTime: (openTimes[0] ?? 0) as EpochMs,
      lastTime: (openTimes[count - 1] ?? 0) as EpochMs,
      minimumPrice: Math.min(...lows) as Price,
      maximumPrice: Math.max(...highs) as Price,
    },
    packed.bytes,
  );
}

/** Room for the columns of one block. */
export const candleBlockMemory = (): Float64Array =>
  new Float64Array(COLUMNS.length * BLOCK_CAPACITY);

/** Into memory of the caller's, where it has some: the next block that goes there ends this one. */
export const decodeCandleBlock = (bytes: Uint8Array, lent?: Float64Array): Result<CandleColumns> =>
  orDamaged(() => {
    const { codec, count, bodyBytes } = parseHeader(bytes);
    const packed = { codec, bytes: bytes.subarray(HEADER_BYTES) };
    const reader = new ByteReader(unpack(packed, bodyBytes));
    const memory = lent ?? new Float64Array(COLUMNS.length * count);
    let column = 0;
    const next = () => {
      const from = column * count;
      column += 1;
      return readNumbers(reader, count, memory.subarray(from, from + count));
    };
    const columns: CandleColumns = {
      ...{ count, openTimes: next(), opens: next(), highs: next(), lows: next() },
      ...{ closes: next(), volumes: next(), buyVolumes: next(), tradeCounts: next() },
    };
    reader.assertEnd();
    return columns;
  });
