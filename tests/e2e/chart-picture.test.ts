import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithPicture, differenceOf } from '../support/visual-regression.ts';
import { buildPage, openBuiltPage } from './pages/build-page.ts';
import type { ChartPageOptions } from './pages/chart-page.ts';
import { hasChromium, launchChromium, needsChromium, screenshotFolder } from './shells.ts';

const SCREEN = { width: 720, height: 420 };
/** Other versions of the browser smooth edges otherwise. */
const MOST_DIFFERENT = 0.004;

const COMMON = { barCount: 160, fillCount: 60, fillBars: 80, seed: 7 };
const MINUTE = 60_000;
const START = Date.UTC(2024, 2, 14, 20);
const PICTURES: Readonly<Record<string, ChartPageOptions>> = {
  'chart-candles': {
    ...COMMON,
    indicators: ['bollinger', 'rsi'],
    drawings: [
      {
        ...{ id: 'a', kind: 'trend', from: { time: START + 90 * MINUTE, price: 93 } },
        to: { time: START + 130 * MINUTE, price: 98 },
      },
      { id: 'b', kind: 'level', price: 92.5 },
      {
        ...{ id: 'c', kind: 'measure', from: { time: START + 132 * MINUTE, price: 91 } },
        to: { time: START + 150 * MINUTE, price: 96.5 },
      },
    ],
  },
  'chart-area': { ...COMMON, kind: 'area', fillCount: 0, indicators: ['ema', 'macd'] },
};

/** A picture of invented data, with the fonts that the app ships: no machine's own matter. */
describe.skipIf(!hasChromium)(`the picture of the chart${needsChromium}`, () => {
  let browser: Browser;
  let built: Awaited<ReturnType<typeof buildPage>>;

  beforeAll(async () => {
    mkdirSync(screenshotFolder, { recursive: true });
    built = await buildPage('tests/e2e/pages/chart-page.ts');
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function pictureOf(options: ChartPageOptions): Promise<Buffer> {
    const context = await browser.newContext({
      ...{ viewport: SCREEN, timezoneId: 'UTC', locale: 'en-US', deviceScaleFactor: 1 },
    });
    const page = await context.newPage();
    await openBuiltPage(page, built);
    await page.evaluate((given) => window.chartPage.mountChart(given).load(), options);
    await page.waitForSelector(`[data-candle-count="${options.barCount}"]`);
    // All that was scheduled by then is drawn in the second frame.
    await page.evaluate(
      () =>
        new Promise((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(null))),
        ),
    );
    const picture = await page.screenshot();
    await context.close();
    return picture;
  }

  it.each(Object.entries(PICTURES))('is as it was: %s', async (name, options) => {
    const picture = await pictureOf(options);
    const { share, hint } = compareWithPicture(picture, name);
    expect(share, hint).toBeLessThan(MOST_DIFFERENT);
  });

  it('would tell if it changed: one bar more is another picture', async () => {
    const options = PICTURES['chart-area'];
    if (options === undefined) throw new Error('there is no such picture');
    const [one, other] = await Promise.all([
      pictureOf(options),
      pictureOf({ ...options, barCount: options.barCount + 1 }),
    ]);
    expect(differenceOf(one, other)?.share).toBeGreaterThan(MOST_DIFFERENT);
  });
});
