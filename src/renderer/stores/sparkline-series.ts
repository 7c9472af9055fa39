import { candleOpenTime } from '#domain/candle.ts';
import type { EpochMs, Price } from '#domain/units.ts';

export const SPARKLINE_MINUTES = 60;
/** A line a hundred pixels wide need not be redrawn more often. */
const REDRAW_PERIOD_MS = 1_000;

/** The last hour's closes by minute, from candles and then from the ticker. */
export class SparklineSeries {
  readonly #closes = new Map<number, Price>();
  #points: readonly Price[] = [];
  #pointsTime = 0;
  #isStale = true;

  /** A price of now. Time is the exchange's, so that a replay draws the same line at any speed. */
  add(time: EpochMs, price: Price): void {
    const minute = candleOpenTime(time, '1m');
    const isNewMinute = !this.#closes.has(minute);
    this.#closes.set(minute, price);
    if (isNewMinute) this.#forgetOld();
    if (isNewMinute || Math.abs(time - this.#pointsTime) >= REDRAW_PERIOD_MS) {
      this.#isStale = true;
      this.#pointsTime = time;
    }
  }

  /** A candle of before; never overwrites what the ticker has said. */
  backfill(openTime: EpochMs, close: Price): void {
    if (this.#closes.has(openTime)) return;
    this.#closes.set(openTime, close);
    this.#forgetOld();
    this.#isStale = true;
  }

  /** Oldest first. The same array while nothing worth drawing has changed. */
  points(): readonly Price[] {
    if (this.#isStale) {
      this.#points = this.#minutes().map((minute) => this.#closes.get(minute) as Price);
      this.#isStale = false;
    }
    return this.#points;
  }

  #minutes(): number[] {
    return [...this.#closes.keys()].sort((a, b) => a - b);
  }

  #forgetOld(): void {
    const minutes = this.#minutes();
    for (const minute of minutes.slice(0, -SPARKLINE_MINUTES)) this.#closes.delete(minute);
  }
}
