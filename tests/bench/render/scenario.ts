import type { Browser } from 'playwright-core';

/** Measures one thing of the screen; what it returns is printed as JSON. */
export type RenderScenario = (browser: Browser) => Promise<object>;

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** `share` in [0, 1): 0.95 is the value that 95 % do not reach. NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}
