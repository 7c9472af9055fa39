import { quantile, round } from '../tape/figures.ts';

/** Of so many milliseconds each. */
export const figuresOf = (durations: readonly number[]) => ({
  seeks: durations.length,
  p50Ms: round(quantile(durations, 0.5)),
  p95Ms: round(quantile(durations, 0.95)),
  maxMs: round(Math.max(...durations)),
});
