import type { Result } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { unpack } from './block-codec.ts';
import { type BlockHeader, HEADER_BYTES, parseHeader } from './block-header.ts';
import { ByteReader, DamagedBytes } from './bytes.ts';
import { readIds } from './id-column.ts';
import { readNumbers } from './number-column.ts';
import { orDamaged } from './or-damaged.ts';
import type { TradeColumnReader, TradeColumns } from './trade-columns.ts';

/** The byte layout is docs/tape-format.md; change both or neither. */
export const RECEIVED_AS_LAG = 0;
export const RECEIVED_AS_TIME = 1;

/** One bit a trade, lowest first: set where the aggressor sold. */
export const sideBytes = (count: number): number => Math.ceil(count / 8);

/** Checks the block whole and reads its header; nothing is unpacked. */
export const readBlockHeader = (bytes: Uint8Array): Result<BlockHeader> =>
  orDamaged(() => parseHeader(bytes));

/** The trades in the order in which they were encoded. */
export const decodeTradeBlock = (bytes: Uint8Array, instrumentId: InstrumentId): Result<Trade[]> =>
  orDamaged(() => {
    const header = parseHeader(bytes);
    return decodeBody(bodyOf(bytes, header), header.count, instrumentId);
  });

/** The same without ids, received times and objects: what candles are made of, many times faster. */
export const decodeTradeColumns = (
  bytes: Uint8Array,
  columns: TradeColumnReader,
): Result<TradeColumns> =>
  orDamaged(() => {
    const header = parseHeader(bytes);
    return columns.read(bodyOf(bytes, header), header);
  });

const bodyOf = (bytes: Uint8Array, header: BlockHeader): Uint8Array =>
  unpack({ codec: header.codec, bytes: bytes.subarray(HEADER_BYTES) }, header.bodyBytes);

function decodeBody(body: Uint8Array, count: number, instrumentId: InstrumentId): Trade[] {
  const reader = new ByteReader(body);
  const ids = readIds(reader, count);
  const eventTimes = readNumbers(reader, count);
  const receivedKind = reader.byte();
  if (receivedKind > RECEIVED_AS_TIME) throw new DamagedBytes('its times are of an unknown kind');
  const received = readNumbers(reader, count);
  const prices = readNumbers(reader, count);
  const sizes = readNumbers(reader, count);
  const sides = reader.take(sideBytes(count));
  reader.assertEnd();
  const isLag = receivedKind === RECEIVED_AS_LAG;
  const trades: Trade[] = [];
  for (let index = 0; index < count; index++) {
    const eventTime = eventTimes[index] ?? 0;
    const base = isLag ? eventTime : 0;
    trades.push({
      instrumentId,
      id: ids[index] ?? '',
      price: (prices[index] ?? 0) as Price,
      size: (sizes[index] ?? 0) as Size,
      aggressorSide: ((sides[index >> 3] ?? 0) >> (index & 7)) & 1 ? 'sell' : 'buy',
      eventTime: eventTime as EpochMs,
      receivedTime: (base + (received[index] ?? 0)) as EpochMs,
    });
  }
  return trades;
}
