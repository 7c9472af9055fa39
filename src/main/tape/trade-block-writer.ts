import { invariant } from '#domain/assert.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { type Effort, pack } from './block-codec.ts';
import { BLOCK_CAPACITY, joinBlock } from './block-header.ts';
import { ByteWriter } from './bytes.ts';
import { IdColumn } from './id-column.ts';
import { NumberColumn } from './number-column.ts';
import { RECEIVED_AS_LAG, RECEIVED_AS_TIME, sideBytes } from './trade-block.ts';

/**
 * A block of 1 to 4,096 trades of one instrument that grows: each trade is put into the columns once,
 * however often the block is written before it is full.
 */
export class TradeBlockWriter {
  readonly #ids = new IdColumn();
  readonly #eventTimes = new NumberColumn({ asDeltas: true });
  readonly #receivedTimes = new ReceivedColumn();
  readonly #prices = new NumberColumn({ asDeltas: true });
  // Successive sizes have nothing to do with one another: differences would only be longer.
  readonly #sizes = new NumberColumn({ asDeltas: false });
  readonly #sides = new Uint8Array(sideBytes(BLOCK_CAPACITY));
  #count = 0;
  #firstTime = Number.POSITIVE_INFINITY;
  #lastTime = Number.NEGATIVE_INFINITY;
  #minimumPrice = Number.POSITIVE_INFINITY;
  #maximumPrice = Number.NEGATIVE_INFINITY;

  get count(): number {
    return this.#count;
  }

  /** Earliest event time, epoch milliseconds. */
  get firstTime(): number {
    return this.#firstTime;
  }

  /** Latest event time. */
  get lastTime(): number {
    return this.#lastTime;
  }

  add({ id, eventTime, receivedTime, price, size, aggressorSide }: Trade): void {
    invariant(this.#count < BLOCK_CAPACITY, 'a block has 1 to 4,096 trades');
    this.#receivedTimes.add(receivedTime, eventTime, this.#eventTimes);
    this.#ids.add(id);
    this.#eventTimes.add(eventTime);
    this.#prices.add(price);
    this.#sizes.add(size);
    if (aggressorSide === 'sell') this.#markAsSell(this.#count);
    this.#count += 1;
    if (eventTime < this.#firstTime) this.#firstTime = eventTime;
    if (eventTime > this.#lastTime) this.#lastTime = eventTime;
    if (price < this.#minimumPrice) this.#minimumPrice = price;
    if (price > this.#maximumPrice) this.#maximumPrice = price;
  }

  /** The block as it is now; more trades may follow. */
  encode(effort: Effort): Uint8Array {
    invariant(this.#count > 0, 'a block has 1 to 4,096 trades');
    const body = this.#body();
    const packed = pack(body, effort);
    return joinBlock(
      {
        ...{ codec: packed.codec, count: this.#count, bodyBytes: body.length },
        firstTime: this.#firstTime as EpochMs,
        lastTime: this.#lastTime as EpochMs,
        minimumPrice: this.#minimumPrice as Price,
        maximumPrice: this.#maximumPrice as Price,
      },
      packed.bytes,
    );
  }

  #body(): Uint8Array {
    const writer = new ByteWriter(this.#count * BODY_BYTES_A_TRADE);
    this.#ids.writeTo(writer);
    writer.append(this.#eventTimes.written());
    this.#receivedTimes.writeTo(writer);
    writer.append(this.#prices.written());
    writer.append(this.#sizes.written());
    writer.append(this.#sides.subarray(0, sideBytes(this.#count)));
    return writer.written();
  }

  /** One bit a trade, lowest first. */
  #markAsSell(index: number): void {
    this.#sides[index >> 3] = (this.#sides[index >> 3] ?? 0) | (1 << (index & 7));
  }
}

/** Of most markets: with room for it the body is copied but once. */
const BODY_BYTES_A_TRADE = 12;

/** As the lag behind the event, which hardly varies; as it is where the sum would not be exact. */
class ReceivedColumn {
  #column = new NumberColumn({ asDeltas: true });
  #isLag = true;

  /** `eventTimes` are those of the trades before. */
  add(receivedTime: number, eventTime: number, eventTimes: NumberColumn): void {
    const lag = receivedTime - eventTime;
    if (this.#isLag && eventTime + lag !== receivedTime) this.#turnToTimes(eventTimes);
    this.#column.add(this.#isLag ? lag : receivedTime);
  }

  writeTo(writer: ByteWriter): void {
    writer.byte(this.#isLag ? RECEIVED_AS_LAG : RECEIVED_AS_TIME);
    writer.append(this.#column.written());
  }

  #turnToTimes(eventTimes: NumberColumn): void {
    const lags = this.#column.values();
    this.#isLag = false;
    this.#column = new NumberColumn({ asDeltas: true });
    eventTimes.values().forEach((eventTime, index) => {
      this.#column.add(eventTime + (lags[index] ?? 0));
    });
  }
}

/** Packs 1 to 4,096 trades of one instrument, in their order, without loss. */
export function encodeTradeBlock(trades: readonly Trade[], effort: Effort = 'small'): Uint8Array {
  const writer = new TradeBlockWriter();
  for (const trade of trades) writer.add(trade);
  return writer.encode(effort);
}
