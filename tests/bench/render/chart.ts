import type { Page } from 'playwright-core';
import { buildPage, openBuiltPage } from '../../e2e/pages/build-page.ts';
import { median, type RenderScenario } from './scenario.ts';

const OPTIONS = { barCount: 100_000, fillCount: 5_000, fillBars: 20_000, seed: 11 };
const SCREEN = { width: 1_280, height: 800 };
const ROUNDS = 5;
const UPDATES = 40;
/** Odd: it does not end where it began. */
const DRAGS = 5;
const STEPS = 30;
const SHOWN_BARS = [130, 1_500, 20_000] as const;
const WAYS = ['ours', 'naive'] as const;

/**
 * 100,000 candles and 5,000 fills: how long until they are seen, how many frames a second while the
 * chart is dragged, and what an update of the last candle costs; beside a chart with `setData` for
 * each update and a marker for each fill, round by round.
 */
export const measureChart: RenderScenario = async (browser) => {
  const built = await buildPage('tests/bench/render/chart-bench-page.ts');
  const context = await browser.newContext({ viewport: SCREEN });
  const page = await context.newPage();
  await openBuiltPage(page, built);
  const paints: Record<(typeof WAYS)[number], number[]> = { ours: [], naive: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of WAYS) paints[way].push(await open(page, way));
  }
  const results: Record<string, object> = {};
  for (const way of WAYS) {
    await open(page, way);
    const pans: Record<string, object> = {};
    const updateMs: Record<string, number> = {};
    for (const count of SHOWN_BARS) {
      const shown = `${count} bars`;
      pans[shown] = await pan(page, count);
      const cost = await page.evaluate((n) => window.chartBench.updateMs(n), UPDATES);
      updateMs[shown] = Number(cost.toFixed(1));
    }
    results[way] = {
      firstPaintMedianMs: Math.round(median(paints[way])),
      firstPaintMs: paints[way].map(Math.round),
      ...{ pans, updateMedianMs: updateMs },
    };
  }
  await context.close();
  return { ...OPTIONS, screen: SCREEN, ...results };
};

const open = (page: Page, way: (typeof WAYS)[number]): Promise<number> =>
  page.evaluate(([which, options]) => window.chartBench.open(which, options), [
    way,
    OPTIONS,
  ] as const);

/** Drags back and forth over the chart, as a hand does. */
async function pan(page: Page, bars: number): Promise<object> {
  await page.evaluate((count) => window.chartBench.showBars(count), bars);
  const [left, right, y] = [SCREEN.width * 0.2, SCREEN.width * 0.8, SCREEN.height * 0.4];
  const seen = () => page.evaluate(() => window.chartBench.seenFrom());
  const before = await seen();
  await page.evaluate(() => window.chartBench.startMeter());
  for (let drag = 0; drag < DRAGS; drag++) {
    const [from, to] = drag % 2 === 0 ? [left, right] : [right, left];
    await page.mouse.move(from, y);
    await page.mouse.down();
    await page.mouse.move(to, y, { steps: STEPS });
    await page.mouse.up();
  }
  const { framesPerSecond, longestMs } = await page.evaluate(() => window.chartBench.stopMeter());
  if (Math.abs((await seen()) - before) < 1) throw new Error('the chart did not move');
  return { framesPerSecond: Math.round(framesPerSecond), longestFrameMs: Math.round(longestMs) };
}
