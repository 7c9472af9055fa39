import { z } from 'zod';
import type { Candle } from '#domain/candle.ts';
import { type Indicator, SMOOTHED_PERIODS } from './indicator.ts';
import { WilderAverage } from './smoothed.ts';

const stateSchema = z.object({
  close: z.number().nullable(),
  gains: z.unknown(),
  losses: z.unknown(),
});

/** Of a price that has not moved: neither strong nor weak. */
const NEUTRAL = 50;

/**
 * Relative strength index: 100 G / (G + L) with G and L Wilder's averages of the gains and losses
 * from close to close (J. W. Wilder, New Concepts in Technical Trading Systems, 1978, chapter VI,
 * where it is written as 100 - 100 / (1 + G / L)). A price that has not moved at all has 50.
 */
export class RelativeStrength implements Indicator<number> {
  readonly warmUpCandles: number;
  readonly #gains: WilderAverage;
  readonly #losses: WilderAverage;
  #close: number | null = null;

  constructor(period: number) {
    this.warmUpCandles = 2 * SMOOTHED_PERIODS * period + 1;
    this.#gains = new WilderAverage(period);
    this.#losses = new WilderAverage(period);
  }

  get value(): number | null {
    const gain = this.#gains.value;
    const loss = this.#losses.value;
    if (gain === null || loss === null) return null;
    return gain + loss === 0 ? NEUTRAL : (100 * gain) / (gain + loss);
  }

  add({ close }: Pick<Candle, 'close'>): void {
    if (this.#close !== null) {
      this.#gains.add(Math.max(0, close - this.#close));
      this.#losses.add(Math.max(0, this.#close - close));
    }
    this.#close = close;
  }

  reset(): void {
    this.#gains.reset();
    this.#losses.reset();
    this.#close = null;
  }

  save(): unknown {
    return { close: this.#close, gains: this.#gains.save(), losses: this.#losses.save() };
  }

  restore(saved: unknown): void {
    const state = stateSchema.parse(saved);
    this.#close = state.close;
    this.#gains.restore(state.gains);
    this.#losses.restore(state.losses);
  }
}
