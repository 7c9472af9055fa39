import { getTrueRange } from 'trading-signals';
import { z } from 'zod';
import type { Candle } from '#domain/candle.ts';
import { type Indicator, SMOOTHED_PERIODS } from './indicator.ts';
import { WilderAverage } from './smoothed.ts';

const stateSchema = z.object({ close: z.number().nullable(), average: z.unknown() });

/**
 * Average true range: Wilder's average of max(high - low, |high - c|, |low - c|), c the close before
 * (Wilder 1978, chapter III); of the first candle it is high - low.
 */
export class AverageTrueRange implements Indicator<number> {
  readonly warmUpCandles: number;
  readonly #average: WilderAverage;
  #close: number | null = null;

  constructor(period: number) {
    this.warmUpCandles = 2 * SMOOTHED_PERIODS * period;
    this.#average = new WilderAverage(period);
  }

  get value(): number | null {
    return this.#average.value;
  }

  add(candle: Candle): void {
    this.#average.add(getTrueRange(candle, this.#close ?? undefined));
    this.#close = candle.close;
  }

  reset(): void {
    this.#average.reset();
    this.#close = null;
  }

  save(): unknown {
    return { close: this.#close, average: this.#average.save() };
  }

  restore(saved: unknown): void {
    const state = stateSchema.parse(saved);
    this.#close = state.close;
    this.#average.restore(state.average);
  }
}
