import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Browser } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../support/serve-process.ts';
import { buildPage, openBuiltPage } from './pages/build-page.ts';
import type { ChartPageOptions } from './pages/chart-page.ts';
import { hasChromium, launchChromium, needsChromium, screenshotFolder } from './shells.ts';

const EXPECTED = join(projectRoot, 'tests/e2e/expected');
const SCREEN = { width: 720, height: 420 };
/** Of a pixel's colour, and of the picture: other versions of the browser smooth edges otherwise. */
const COLOR_THRESHOLD = 0.15;
const MOST_DIFFERENT = 0.004;

/** Set to take the pictures anew, to be looked at and committed. */
const takesAnew = process.env['TAPEDECK_UPDATE_PICTURE'] === '1';

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
    const expectedPath = join(EXPECTED, `${name}.png`);
    if (takesAnew) {
      mkdirSync(EXPECTED, { recursive: true });
      writeFileSync(expectedPath, picture);
    }
    const [actual, expected] = [PNG.sync.read(picture), PNG.sync.read(readFileSync(expectedPath))];
    const { width, height } = expected;
    expect([actual.width, actual.height]).toEqual([width, height]);
    const difference = new PNG({ width, height });
    const different = pixelmatch(actual.data, expected.data, difference.data, width, height, {
      threshold: COLOR_THRESHOLD,
    });
    writeFileSync(join(screenshotFolder, `${name}.png`), picture);
    writeFileSync(join(screenshotFolder, `${name}-difference.png`), PNG.sync.write(difference));
    expect(different / (width * height)).toBeLessThan(MOST_DIFFERENT);
  });

  it('would tell if it changed: one bar more is another picture', async () => {
    const options = PICTURES['chart-area'];
    if (options === undefined) throw new Error('there is no such picture');
    const [one, other] = await Promise.all([
      pictureOf(options),
      pictureOf({ ...options, barCount: options.barCount + 1 }),
    ]);
    const [a, b] = [PNG.sync.read(one), PNG.sync.read(other)];
    const different = pixelmatch(a.data, b.data, null, a.width, a.height, {
      threshold: COLOR_THRESHOLD,
    });
    expect(different / (a.width * a.height)).toBeGreaterThan(MOST_DIFFERENT);
  });
});
