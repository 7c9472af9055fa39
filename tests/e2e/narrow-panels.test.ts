import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { runCommand, useDemoShell } from './demo-shell.ts';
import { firstCandle, hasChromium, needsChromium, screenshotFolder } from './shells.ts';

const STEP_MS = 15_000;
const HEIGHT = 760;

/** How far it goes to the right. */
const rightOf = async (part: Locator): Promise<number> => {
  const box = await part.boundingBox();
  return box === null ? Number.NaN : box.x + box.width;
};

describe.skipIf(!hasChromium)(`panels with little room${needsChromium}`, () => {
  const demo = useDemoShell({ stepMs: STEP_MS });
  let page: Page;

  beforeAll(async () => {
    page = await demo.page.context().newPage();
    page.setDefaultTimeout(STEP_MS);
    await page.goto(demo.shell.url);
    await firstCandle(page);
  });
  afterAll(() => page.close());

  it('have the names of the watchlist whole in the first layout: the line beside them gives way', async () => {
    const panel = page.getByTestId('panel-watchlist');
    await panel.evaluate((element) => {
      element.style.width = '236px';
    });
    const symbol = page.getByTestId('watchlist-row-demo:ETH/USDT').getByText('ETH/USDT');
    const cutPixels = await symbol.evaluate((element) => {
      const name = element.textContent;
      element.textContent = 'DOGE/USDT';
      const cut = element.scrollWidth - element.clientWidth;
      element.textContent = name;
      return cut;
    });
    expect(cutPixels).toBe(0);
  });

  it('have each price of the watchlist whole, however narrow it is', async () => {
    await page.setViewportSize({ width: 420, height: HEIGHT });
    const panel = page.getByTestId('panel-watchlist');
    // As narrow as a panel can be, whichever layout the window has.
    await panel.evaluate((element) => {
      element.style.width = '160px';
    });
    const beyond = async (symbol: string) =>
      (await rightOf(page.getByTestId(`price-demo:${symbol}/USDT`))) - (await rightOf(panel));
    for (const symbol of ['BTC', 'ETH']) {
      await eventually(
        () => beyond(symbol),
        (pixels) => pixels <= 0,
      );
    }
    await page.screenshot({ path: join(screenshotFolder, 'narrow-watchlist.png') });
  });

  it('have profit and the closing of a position in sight, and decks below their form', async () => {
    await runCommand(page, 'show positions');
    await page.getByTestId('positions-kind').selectOption({ index: 1 });
    await page.getByTestId('tab-positions').click();
    await page.keyboard.press('Alt+Enter');
    const head = page.getByTestId('positions-table').locator('th').last();
    for (const width of [420, 540, 700]) {
      await page.setViewportSize({ width, height: HEIGHT });
      await head.waitFor();
      await page.screenshot({ path: join(screenshotFolder, `narrow-positions-${width}.png`) });
      expect(await rightOf(head)).toBeLessThanOrEqual(width);
    }
    await page.setViewportSize({ width: 420, height: HEIGHT });
    await runCommand(page, 'show replay');
    const none = page.getByText('No deck is open');
    await none.waitFor();
    await page.screenshot({ path: join(screenshotFolder, 'narrow-replay.png') });
    expect((await none.boundingBox())?.width).toBeGreaterThan(200);
  });
});
