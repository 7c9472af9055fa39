import type { Ratios } from '#contract/backtest-report.ts';

/** Markets that never close: every day of the year counts. */
const DAYS_A_YEAR = 365;
const DAY_MS = 86_400_000;
export const periodsAYear = (periodMs: number): number => (DAYS_A_YEAR * DAY_MS) / periodMs;

/**
 * Simple returns from one value to the next: r = after / before − 1. Null where a value is not
 * positive: there is no return on nothing.
 */
export function returnsOf(values: readonly number[]): readonly number[] | null {
  const returns: number[] = [];
  for (let index = 1; index < values.length; index++) {
    const before = values[index - 1] ?? 0;
    if (before <= 0) return null;
    returns.push((values[index] ?? 0) / before - 1);
  }
  return returns;
}

/** Of equity at the ends of even periods. */
export function ratiosOf(values: readonly number[], periodMs: number): Ratios {
  const returns = returnsOf(values);
  if (!returns) return { sharpe: null, sortino: null };
  const factor = Math.sqrt(periodsAYear(periodMs));
  return { sharpe: sharpeRatio(returns, factor), sortino: sortinoRatio(returns, factor) };
}

/**
 * Mean return over its standard deviation, that of a sample (n − 1), without a riskless rate: W. F.
 * Sharpe, "The Sharpe Ratio", Journal of Portfolio Management 21(1), 1994. Times √(periods a year),
 * which takes returns for independent of one another: A. W. Lo, "The Statistics of Sharpe Ratios",
 * Financial Analysts Journal 58(4), 2002.
 */
export function sharpeRatio(returns: readonly number[], factor: number): number | null {
  if (returns.length < 2) return null;
  const mean = meanOf(returns);
  const squares = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return overDeviation(mean, Math.sqrt(squares / (returns.length - 1)), factor);
}

/**
 * Mean return over the downside deviation from a target of zero, √(Σ min(r, 0)² / n) with n of all
 * returns: F. A. Sortino & L. N. Price, "Performance Measurement in a Downside Risk Framework",
 * Journal of Investing 3(3), 1994; that n counts all of them: T. N. Rollinger & S. T. Hoffman,
 * "Sortino: A 'Sharper' Ratio", Red Rock Capital, 2013. Annualised as Sharpe's.
 */
export function sortinoRatio(returns: readonly number[], factor: number): number | null {
  if (returns.length < 2) return null;
  const squares = returns.reduce((sum, value) => sum + Math.min(value, 0) ** 2, 0);
  return overDeviation(meanOf(returns), Math.sqrt(squares / returns.length), factor);
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Less is what doubles make of equal returns. */
const LEAST_DEVIATION = 1e-15;

const overDeviation = (mean: number, deviation: number, factor: number): number | null =>
  deviation < LEAST_DEVIATION ? null : (mean / deviation) * factor;
