import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { buildPage, openBuiltPage } from './pages/build-page.ts';
import { hasChromium, launchChromium, needsChromium } from './shells.ts';

const SCREEN = { width: 720, height: 420 };
const BARS = { barCount: 160, fillCount: 0, seed: 7 };
/** As of bonds and some futures. */
const THIRTY_SECOND = 1 / 32;
const FIVE_DECIMALS = /^\d+[.]\d{5}$/;

/** From now on: what is drawn as text on a canvas. */
const noteTexts = (page: Page) =>
  page.evaluate(() => {
    const texts = new Set<string>();
    Object.assign(window, { drawnTexts: texts });
    const { prototype } = CanvasRenderingContext2D;
    const { fillText } = prototype;
    prototype.fillText = function (text, ...place) {
      texts.add(text);
      fillText.call(this, text, ...place);
    };
  });
const pricesDrawn = async (page: Page): Promise<readonly string[]> => {
  const texts = await page.evaluate((): string[] => [...Reflect.get(window, 'drawnTexts')]);
  return texts.filter((text) => FIVE_DECIMALS.test(text));
};

describe.skipIf(!hasChromium)(`the labels of the chart${needsChromium}`, () => {
  let browser: Browser;
  let built: Awaited<ReturnType<typeof buildPage>>;

  beforeAll(async () => {
    built = await buildPage('tests/e2e/pages/chart-page.ts');
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it('have under the crosshair a price that the market can have', async () => {
    const page = await browser.newPage({ viewport: SCREEN });
    await openBuiltPage(page, built);
    await noteTexts(page);
    const options = { ...BARS, priceIncrement: THIRTY_SECOND };
    await page.evaluate((given) => window.chartPage.mountChart(given).load(), options);
    await page.waitForSelector(`[data-candle-count="${BARS.barCount}"]`);
    const isThere = (prices: readonly string[]) => prices.length > 0;
    // The axis and the last price, which was invented for another market.
    const before = await eventually(() => pricesDrawn(page), isThere);
    for (const y of [151, 163, 187, 206]) await page.mouse.move(300, y);
    const pointed = await eventually(
      async () => (await pricesDrawn(page)).filter((price) => !before.includes(price)),
      isThere,
    );
    const isOfMarket = (price: string) => Number.isInteger(Number(price) / THIRTY_SECOND);
    expect(pointed.filter((price) => !isOfMarket(price))).toEqual([]);
    await page.close();
  });
});
