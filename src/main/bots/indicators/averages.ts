import { SMA } from 'trading-signals';
import { z } from 'zod';
import type { Candle } from '#domain/candle.ts';
import { type Indicator, SMOOTHED_PERIODS } from './indicator.ts';
import { ExponentialAverage } from './smoothed.ts';

const pricesSchema = z.array(z.number());

/** Simple moving average of the last n closes: (c_(t-n+1) + … + c_t) / n. */
export class SimpleAverage implements Indicator<number> {
  readonly warmUpCandles: number;
  readonly #period: number;
  #sma: SMA;
  #value: number | null = null;

  constructor(period: number) {
    this.warmUpCandles = period;
    this.#period = period;
    this.#sma = new SMA(period);
  }

  get value(): number | null {
    return this.#value;
  }

  add({ close }: Pick<Candle, 'close'>): void {
    this.#value = this.#sma.update(close, false);
  }

  reset(): void {
    this.#sma = new SMA(this.#period);
    this.#value = null;
  }

  save(): unknown {
    return [...this.#sma.prices];
  }

  restore(saved: unknown): void {
    this.reset();
    for (const price of pricesSchema.parse(saved)) this.#value = this.#sma.update(price, false);
  }
}

/** Exponential moving average of the closes (see `ExponentialAverage`). */
export class ExponentialCloseAverage implements Indicator<number> {
  readonly warmUpCandles: number;
  readonly #average: ExponentialAverage;

  constructor(period: number) {
    this.warmUpCandles = SMOOTHED_PERIODS * period;
    this.#average = new ExponentialAverage(period);
  }

  get value(): number | null {
    return this.#average.value;
  }

  add({ close }: Pick<Candle, 'close'>): void {
    this.#average.add(close);
  }

  reset(): void {
    this.#average.reset();
  }

  save(): unknown {
    return this.#average.save();
  }

  restore(saved: unknown): void {
    this.#average.restore(saved);
  }
}
