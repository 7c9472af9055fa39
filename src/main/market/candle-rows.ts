import type { Candle } from '#domain/candle.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import type { HeldCandle } from './growing-candle.ts';

/** Numbers a candle. They stand together, since a candle is written and read as a whole. */
const WIDTH = 10;
const [OPEN_TIME, OPEN, HIGH, LOW, CLOSE, VOLUME, BUY_VOLUME, TRADE_COUNT, OPENED_AT, CLOSED_AT] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
] as const;

const FIRST_CAPACITY = 16;
/** More go into the next ones: then none are copied to make room, and the oldest are let go. */
export const MOST_ROWS = 256;

/**
 * Up to `MOST_ROWS` candles as numbers, 81 bytes each, where objects took about 300. Memory is taken for 16 of
 * them, and for twice as many each time that it is full. What is not known (null) is NaN there.
 */
export class CandleRows {
  #numbers = new Float64Array(FIRST_CAPACITY * WIDTH);
  #areClosed = new Uint8Array(FIRST_CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get isFull(): boolean {
    return this.#length === MOST_ROWS;
  }

  /** Of memory that is taken. */
  get bytes(): number {
    return this.#numbers.byteLength + this.#areClosed.byteLength;
  }

  push(held: HeldCandle): void {
    if (this.#length === this.#areClosed.length) this.#grow();
    this.#length++;
    this.put(this.#length - 1, held);
  }

  put(index: number, { candle, openedAt, closedAt }: HeldCandle): void {
    const numbers = this.#numbers;
    const row = index * WIDTH;
    numbers[row + OPEN_TIME] = candle.openTime;
    numbers[row + OPEN] = candle.open;
    numbers[row + HIGH] = candle.high;
    numbers[row + LOW] = candle.low;
    numbers[row + CLOSE] = candle.close;
    numbers[row + VOLUME] = candle.volume;
    numbers[row + BUY_VOLUME] = candle.buyVolume ?? Number.NaN;
    numbers[row + TRADE_COUNT] = candle.tradeCount ?? Number.NaN;
    numbers[row + OPENED_AT] = openedAt;
    numbers[row + CLOSED_AT] = closedAt;
    this.#areClosed[index] = candle.isClosed ? 1 : 0;
  }

  held(index: number): HeldCandle {
    const openedAt = this.#number(index, OPENED_AT);
    const closedAt = this.#number(index, CLOSED_AT);
    return { candle: this.candle(index), openedAt, closedAt };
  }

  candle(index: number): Candle {
    return {
      openTime: this.openTime(index),
      open: this.open(index),
      high: this.high(index),
      low: this.low(index),
      close: this.#number(index, CLOSE) as Price,
      volume: this.volume(index),
      buyVolume: known(this.#number(index, BUY_VOLUME)),
      tradeCount: known(this.#number(index, TRADE_COUNT)),
      isClosed: this.#areClosed[index] === 1,
    };
  }

  openTime(index: number): EpochMs {
    return this.#number(index, OPEN_TIME) as EpochMs;
  }

  open(index: number): Price {
    return this.#number(index, OPEN) as Price;
  }

  high(index: number): Price {
    return this.#number(index, HIGH) as Price;
  }

  low(index: number): Price {
    return this.#number(index, LOW) as Price;
  }

  volume(index: number): number {
    return this.#number(index, VOLUME);
  }

  /** Lets go of those from there on. */
  truncate(length: number): void {
    this.#length = length;
  }

  #number(index: number, place: number): number {
    return this.#numbers[index * WIDTH + place] as number;
  }

  #grow(): void {
    const capacity = Math.min(2 * this.#areClosed.length, MOST_ROWS);
    const numbers = new Float64Array(capacity * WIDTH);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    const areClosed = new Uint8Array(capacity);
    areClosed.set(this.#areClosed);
    this.#areClosed = areClosed;
  }
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);
