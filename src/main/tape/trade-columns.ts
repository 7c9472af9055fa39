import { BLOCK_CAPACITY, type BlockHeader } from './block-header.ts';
import { ByteReader, DamagedBytes } from './bytes.ts';
import { skipIds } from './id-column.ts';
import { readScaled, skipNumbers } from './number-column.ts';

/**
 * What candles need of a block, without an object for each trade. A price is `prices[i] /
 * priceDivisor`, a size likewise: whole numbers can be compared and added exactly before that.
 */
export interface TradeColumns {
  readonly count: number;
  /** Epoch milliseconds. */
  readonly eventTimes: Float64Array;
  readonly prices: Float64Array;
  readonly priceDivisor: number;
  readonly sizes: Float64Array;
  readonly sizeDivisor: number;
  /** One bit a trade, lowest first: set where the aggressor sold. */
  readonly sides: Uint8Array;
}

/** Reads the columns of one block after another into the same memory: each reading ends the one before. */
export class TradeColumnReader {
  readonly #eventTimes = new Float64Array(BLOCK_CAPACITY);
  readonly #prices = new Float64Array(BLOCK_CAPACITY);
  readonly #sizes = new Float64Array(BLOCK_CAPACITY);

  /** Of an unpacked body. Throws `DamagedBytes`. */
  read(body: Uint8Array, { count }: Pick<BlockHeader, 'count'>): TradeColumns {
    const reader = new ByteReader(body);
    const eventTimes = this.#eventTimes.subarray(0, count);
    const prices = this.#prices.subarray(0, count);
    const sizes = this.#sizes.subarray(0, count);
    skipIds(reader, count);
    divide(eventTimes, readScaled(reader, eventTimes));
    if (reader.byte() > 1) throw new DamagedBytes('its times are of an unknown kind');
    skipNumbers(reader, count);
    const priceDivisor = readScaled(reader, prices);
    const sizeDivisor = readScaled(reader, sizes);
    const sides = reader.take(Math.ceil(count / 8));
    reader.assertEnd();
    return { count, eventTimes, prices, priceDivisor, sizes, sizeDivisor, sides };
  }
}

function divide(values: Float64Array, divisor: number): void {
  if (divisor === 1) return;
  for (let index = 0; index < values.length; index++)
    values[index] = (values[index] ?? 0) / divisor;
}
