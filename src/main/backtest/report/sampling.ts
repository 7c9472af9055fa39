import { MOST_CURVE_POINTS } from '#contract/backtest-report.ts';
import { INTERVAL_MS } from '#domain/candle.ts';

/** A ratio of fewer returns says next to nothing. */
const ENOUGH_RETURNS = 30;
const PERIODS_MS = [INTERVAL_MS['1d'], INTERVAL_MS['1h'], INTERVAL_MS['1m'], INTERVAL_MS['1s']];

/**
 * Of which periods the returns of a run are taken: days, as is usual, where there are enough of
 * them; else the longest of hour, minute and second of which there are.
 */
export function returnPeriodMs(durationMs: number): number {
  const enough = PERIODS_MS.find((periodMs) => durationMs >= ENOUGH_RETURNS * periodMs);
  return enough ?? INTERVAL_MS['1s'];
}

/** Whole milliseconds, so that the curve has at most `MOST_CURVE_POINTS` points, the end included. */
export const curveStepMs = (durationMs: number): number =>
  Math.max(1, Math.ceil(durationMs / (MOST_CURVE_POINTS - 1)));
