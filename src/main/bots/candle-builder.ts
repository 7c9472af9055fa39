import { type Candle, type CandleInterval, candleOpenTime, INTERVAL_MS } from '#domain/candle.ts';
import { candleTime } from '#domain/sound-time.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price } from '#domain/units.ts';

const NEVER = Number.NEGATIVE_INFINITY;

/**
 * The closed candles of one interval, made from trades or from finer candles, so that they are the
 * same at any speed. A candle is closed by the first trade after it; an interval without a trade has
 * none. A trade that comes later than the next interval's first is in no candle: what was built on
 * the closed one cannot be taken back. One that is dated far ahead of its receipt is of the interval it
 * came in: it would close a candle early, and leave all until then in none.
 */
export class CandleBuilder {
  readonly #interval: CandleInterval;
  readonly #intervalMs: number;
  readonly #onClosed: (candle: Candle) => void;
  /** Nothing before this is taken any more: start of the candle in progress, or end of the last one. */
  #openTime = NEVER;
  #endTime = NEVER;
  #isInProgress = false;
  #open = 0;
  #high = 0;
  #low = 0;
  #close = 0;
  #volume = 0;
  #buyVolume: number | null = 0;
  #tradeCount: number | null = 0;

  constructor(interval: CandleInterval, onClosed: (candle: Candle) => void) {
    this.#interval = interval;
    this.#intervalMs = INTERVAL_MS[interval];
    this.#onClosed = onClosed;
  }

  /** Whole intervals from the start of the candle in progress to `time`; null where none is. */
  intervalsTo(time: EpochMs): number | null {
    return this.#isInProgress ? Math.floor((time - this.#openTime) / this.#intervalMs) : null;
  }

  add({ eventTime, receivedTime, price, size, aggressorSide }: Trade): void {
    const time = candleTime(eventTime, receivedTime);
    if (time >= this.#endTime) this.#begin(time, price);
    else if (time < this.#openTime) return;
    if (price > this.#high) this.#high = price;
    else if (price < this.#low) this.#low = price;
    this.#close = price;
    this.#volume += size;
    if (aggressorSide === 'buy' && this.#buyVolume !== null) this.#buyVolume += size;
    if (this.#tradeCount !== null) this.#tradeCount += 1;
  }

  /** A closed candle of this interval or a finer one, that ends at `endTime`. */
  addCandle(candle: Candle, endTime: number): void {
    const { openTime } = candle;
    if (openTime >= this.#endTime && endTime - openTime === this.#intervalMs) {
      this.#pass(candle, endTime);
      return;
    }
    const { open, high, low, close, volume, buyVolume, tradeCount } = candle;
    if (openTime >= this.#endTime) this.#begin(openTime, open);
    else if (openTime < this.#openTime) return;
    if (high > this.#high) this.#high = high;
    if (low < this.#low) this.#low = low;
    this.#close = close;
    this.#volume += volume;
    this.#buyVolume =
      this.#buyVolume === null || buyVolume === null ? null : this.#buyVolume + buyVolume;
    this.#tradeCount =
      this.#tradeCount === null || tradeCount === null ? null : this.#tradeCount + tradeCount;
    if (endTime >= this.#endTime) this.#end();
  }

  /** The candle in progress; null where none is. */
  inProgress(): Candle | null {
    return this.#isInProgress ? this.#candle(false) : null;
  }

  /** Goes on with a candle in progress, or with none: whatever was begun is forgotten. */
  resume(candle: Candle | null): void {
    this.#isInProgress = candle !== null;
    if (!candle) {
      this.#openTime = NEVER;
      this.#endTime = NEVER;
      return;
    }
    this.#openTime = candle.openTime;
    this.#endTime = candle.openTime + this.#intervalMs;
    this.#open = candle.open;
    this.#high = candle.high;
    this.#low = candle.low;
    this.#close = candle.close;
    this.#volume = candle.volume;
    this.#buyVolume = candle.buyVolume;
    this.#tradeCount = candle.tradeCount;
  }

  /** It is one of this interval already. */
  #pass(candle: Candle, endTime: number): void {
    if (this.#isInProgress) this.#end();
    this.#openTime = endTime;
    this.#endTime = endTime;
    this.#onClosed(candle);
  }

  #begin(time: EpochMs, price: number): void {
    if (this.#isInProgress) this.#end();
    this.#isInProgress = true;
    this.#openTime = candleOpenTime(time, this.#interval);
    this.#endTime = this.#openTime + this.#intervalMs;
    this.#open = price;
    this.#high = price;
    this.#low = price;
    this.#volume = 0;
    this.#buyVolume = 0;
    this.#tradeCount = 0;
  }

  #end(): void {
    const closed = this.#candle(true);
    this.#isInProgress = false;
    this.#openTime = this.#endTime;
    this.#onClosed(closed);
  }

  #candle(isClosed: boolean): Candle {
    return {
      openTime: this.#openTime as EpochMs,
      open: this.#open as Price,
      high: this.#high as Price,
      low: this.#low as Price,
      close: this.#close as Price,
      volume: this.#volume,
      buyVolume: this.#buyVolume,
      tradeCount: this.#tradeCount,
      isClosed,
    };
  }
}
