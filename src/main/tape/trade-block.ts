import type { Result } from '#contract/errors.ts';
import { invariant } from '#domain/assert.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { type Effort, pack, unpack } from './block-codec.ts';
import {
  BLOCK_CAPACITY,
  type BlockHeader,
  HEADER_BYTES,
  joinBlock,
  parseHeader,
} from './block-header.ts';
import { ByteReader, ByteWriter, DamagedBytes } from './bytes.ts';
import { idColumnCapacity, readIds, writeIds } from './id-column.ts';
import { numberColumnCapacity, readNumbers, writeNumbers } from './number-column.ts';
import { orDamaged } from './or-damaged.ts';
import type { TradeColumnReader, TradeColumns } from './trade-columns.ts';

/** The byte layout is docs/tape-format.md; change both or neither. */
const NUMBER_COLUMNS = 4;
const RECEIVED_AS_LAG = 0;
const RECEIVED_AS_TIME = 1;

/** Packs 1 to 4,096 trades of one instrument, in their order, without loss. */
export function encodeTradeBlock(trades: readonly Trade[], effort: Effort = 'small'): Uint8Array {
  invariant(trades.length > 0 && trades.length <= BLOCK_CAPACITY, 'a block has 1 to 4,096 trades');
  const eventTimes = column(trades, (trade) => trade.eventTime);
  const prices = column(trades, (trade) => trade.price);
  const body = encodeBody(trades, eventTimes, prices);
  const packed = pack(body, effort);
  const times = boundsOf(eventTimes);
  const priceBounds = boundsOf(prices);
  const header: BlockHeader = {
    codec: packed.codec,
    count: trades.length,
    firstTime: times.least as EpochMs,
    lastTime: times.most as EpochMs,
    minimumPrice: priceBounds.least as Price,
    maximumPrice: priceBounds.most as Price,
    bodyBytes: body.length,
  };
  return joinBlock(header, packed.bytes);
}

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

function encodeBody(
  trades: readonly Trade[],
  eventTimes: Float64Array,
  prices: Float64Array,
): Uint8Array {
  const ids = trades.map((trade) => trade.id);
  const count = trades.length;
  const writer = new ByteWriter(
    idColumnCapacity(ids) + 1 + NUMBER_COLUMNS * numberColumnCapacity(count) + sideBytes(count),
  );
  writeIds(writer, ids);
  writeNumbers(writer, eventTimes, { asDeltas: true });
  writeReceivedTimes(writer, trades, eventTimes);
  writeNumbers(writer, prices, { asDeltas: true });
  // Successive sizes have nothing to do with one another: differences would only be longer.
  writeNumbers(
    writer,
    column(trades, (trade) => trade.size),
    { asDeltas: false },
  );
  writer.append(encodeSides(trades));
  return writer.finish();
}

/** As the lag behind the event, which hardly varies; as it is where the sum would not be exact. */
function writeReceivedTimes(
  writer: ByteWriter,
  trades: readonly Trade[],
  eventTimes: Float64Array,
): void {
  const received = column(trades, (trade) => trade.receivedTime);
  const lags = new Float64Array(received.length);
  let isExact = true;
  for (let index = 0; index < received.length; index++) {
    const eventTime = eventTimes[index] ?? 0;
    const receivedTime = received[index] ?? 0;
    lags[index] = receivedTime - eventTime;
    if (eventTime + (receivedTime - eventTime) !== receivedTime) isExact = false;
  }
  writer.byte(isExact ? RECEIVED_AS_LAG : RECEIVED_AS_TIME);
  writeNumbers(writer, isExact ? lags : received, { asDeltas: true });
}

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

const sideBytes = (count: number): number => Math.ceil(count / 8);

/** One bit a trade, lowest first: set where the aggressor sold. */
function encodeSides(trades: readonly Trade[]): Uint8Array {
  const bits = new Uint8Array(sideBytes(trades.length));
  trades.forEach((trade, index) => {
    if (trade.aggressorSide === 'sell')
      bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
  });
  return bits;
}

/** A plain loop: `Float64Array.from` with a function takes ten times as long. */
function column(trades: readonly Trade[], pick: (trade: Trade) => number): Float64Array {
  const values = new Float64Array(trades.length);
  let index = 0;
  for (const trade of trades) values[index++] = pick(trade);
  return values;
}

function boundsOf(values: Float64Array): { least: number; most: number } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}
