import type { Browser } from 'playwright-core';

/** Measures one thing of the screen; what it returns is printed as JSON. */
export type RenderScenario = (browser: Browser) => Promise<object>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
