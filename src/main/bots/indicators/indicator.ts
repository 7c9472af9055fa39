import type { Candle } from '#domain/candle.ts';

/**
 * A figure computed from closed candles, oldest first. What `save` gives is JSON, and an indicator of
 * the same kind that it is restored to goes on to the last digit as the first one would have.
 */
export interface Indicator<V = unknown> {
  /** Null until it has seen enough candles. */
  readonly value: V | null;
  /** After how many candles it says what it would say after many more. */
  readonly warmUpCandles: number;
  add(candle: Candle): void;
  save(): unknown;
  restore(saved: unknown): void;
  /** As when it was new. */
  reset(): void;
}

/** How many periods a smoothed figure needs until its beginning no longer shows (less than 0.01 %). */
export const SMOOTHED_PERIODS = 5;
