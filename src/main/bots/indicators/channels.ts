import { BollingerBands, Period } from 'trading-signals';
import { z } from 'zod';
import type { Candle } from '#domain/candle.ts';
import type { Indicator } from './indicator.ts';

export interface Channel {
  readonly upper: number;
  readonly middle: number;
  readonly lower: number;
}

const pairSchema = z.object({ highs: z.array(z.number()), lows: z.array(z.number()) });
const pricesSchema = z.array(z.number());

/** Donchian channel: the highest high and the lowest low of the last n candles, and their middle. */
export class DonchianChannel implements Indicator<Channel> {
  readonly warmUpCandles: number;
  readonly #period: number;
  #highs: Period;
  #lows: Period;

  constructor(period: number) {
    this.warmUpCandles = period;
    this.#period = period;
    this.#highs = new Period(period);
    this.#lows = new Period(period);
  }

  get value(): Channel | null {
    const upper = this.#highs.highest;
    const lower = this.#lows.lowest;
    if (upper === undefined || lower === undefined) return null;
    return { upper, middle: (upper + lower) / 2, lower };
  }

  add({ high, low }: Pick<Candle, 'high' | 'low'>): void {
    this.#highs.update(high, false);
    this.#lows.update(low, false);
  }

  reset(): void {
    this.#highs = new Period(this.#period);
    this.#lows = new Period(this.#period);
  }

  save(): unknown {
    return { highs: [...this.#highs.values], lows: [...this.#lows.values] };
  }

  restore(saved: unknown): void {
    const { highs, lows } = pairSchema.parse(saved);
    this.reset();
    this.#highs.updates(highs);
    this.#lows.updates(lows);
  }
}

/**
 * Bollinger bands of the closes: the simple average of the last n, and k standard deviations (of the
 * population: divided by n) above and below it (J. Bollinger, Bollinger on Bollinger Bands, 2001).
 */
export class BollingerChannel implements Indicator<Channel> {
  readonly warmUpCandles: number;
  readonly #create: () => BollingerBands;
  #bands: BollingerBands;
  #value: Channel | null = null;

  constructor(period: number, deviations = 2) {
    this.warmUpCandles = period;
    this.#create = () => new BollingerBands(period, deviations);
    this.#bands = this.#create();
  }

  get value(): Channel | null {
    return this.#value;
  }

  add({ close }: Pick<Candle, 'close'>): void {
    this.#value = this.#bands.update(close, false);
  }

  reset(): void {
    this.#bands = this.#create();
    this.#value = null;
  }

  save(): unknown {
    return [...this.#bands.prices];
  }

  restore(saved: unknown): void {
    this.reset();
    for (const price of pricesSchema.parse(saved)) this.#value = this.#bands.update(price, false);
  }
}
