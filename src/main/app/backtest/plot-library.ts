import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { PlotLibrary } from '#main/backtest/page/report-page.ts';

const require = createRequire(import.meta.url);

/** Read when a page is made, from the package as it lies there: the page has all of it in it. */
export function plotLibrary(): PlotLibrary {
  const read = (file: string) => readFileSync(require.resolve(`uplot/dist/${file}`), 'utf8');
  return { script: read('uPlot.iife.min.js'), style: read('uPlot.min.css') };
}
