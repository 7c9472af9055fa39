import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import { ChartOnScreen } from './chart-panel.ts';
import {
  buildScreen,
  hasChromium,
  launchChromium,
  needsChromium,
  openServeShell,
  type Shell,
} from './shells.ts';

const SCREEN = { width: 3_840, height: 2_160 };
/** Of the chart's height: above the candles, and below them. */
const PLACES = { alert: 0.06, order: 0.8 } as const;
type LineKind = keyof typeof PLACES;

describe.skipIf(!hasChromium)(
  `lines on a chart of ${SCREEN.width}×${SCREEN.height}${needsChromium}`,
  () => {
    const directory = temporaryDirectory();
    let browser: Browser;
    let shell: Shell;
    let page: Page;
    let chart: ChartOnScreen;

    beforeAll(async () => {
      await buildScreen();
      browser = await launchChromium();
      shell = await openServeShell({
        ...{ browser, dataDirectory: directory.path, feed: 'demo', screen: SCREEN },
      });
      page = shell.page;
      chart = new ChartOnScreen(page);
      await chart.until('candle-count', (count) => count > 0);
      await chart.holdScale();
    });
    afterAll(async () => {
      await shell.close();
      await browser.close();
      directory.remove();
    });

    const make: Readonly<Record<LineKind, () => Promise<void>>> = {
      alert: () => page.getByTestId('menu-alert').click(),
      order: async () => {
        await page.getByTestId('menu-buy-limit').click();
        await page.getByTestId('order-quantity').fill('0.01');
        await page.getByTestId('order-submit').click();
      },
    };

    /** What the chart's menu says is the price there. */
    async function priceAt(x: number, y: number): Promise<number> {
      await page.mouse.click(x, y, { button: 'right' });
      const text = await page.getByTestId('menu-alert').innerText();
      await page.keyboard.press('Escape');
      return Number(/[\d,]+[.]\d+/.exec(text)?.[0].replaceAll(',', ''));
    }

    it.each(['alert', 'order'] as const)(
      'an %s is where the mouse lets go of it, to the pixel, wherever it was taken hold of',
      async (kind) => {
        const price = () => chart.number(`${kind}-price`);
        const [x, top] = (await chart.at(0.4, PLACES[kind])).map(Math.round) as [number, number];
        await page.mouse.click(x, top, { button: 'right' });
        await make[kind]();
        let before = await eventually(price, (at) => at > 0);
        let y = top;
        for (const { grip, by } of [
          ...[
            { grip: 0, by: 40 },
            { grip: 3, by: -13 },
            { grip: -4, by: 6 },
          ],
        ]) {
          await page.mouse.move(x, y + grip);
          await page.mouse.down();
          await page.mouse.move(x, y + grip + by, { steps: 3 });
          await page.mouse.up();
          before = await eventually(price, (at) => at < before === by > 0 && at !== before);
          y += grip + by;
          const pixel = (await priceAt(x + 500, y - 1)) - (await priceAt(x + 500, y));
          expect(Math.abs(before - (await priceAt(x + 500, y)))).toBeLessThanOrEqual(
            Math.abs(pixel),
          );
        }
        await page.mouse.click(x, y, { button: 'right' });
        await page.getByTestId('menu-remove').click();
        await chart.untilIs(`${kind}-price`, '');
      },
    );
  },
);
