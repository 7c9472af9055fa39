import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { hasRecordings, needsRecordings, SPOT_BTCUSDT } from '../support/recordings.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import { ChartOnScreen } from './chart-panel.ts';
import {
  buildScreen,
  firstCandle,
  hasChromium,
  launchChromium,
  needsChromium,
  openServeShell,
  type Shell,
  screenshotFolder,
} from './shells.ts';

const PNG_SIGNATURE = '89504e470d0a1a0a';
const FIRST_FILL_WITHIN_MS = 60_000;
const SCREENS = [
  { width: 1_280, height: 800 },
  { width: 3_840, height: 2_160 },
] as const;

/** The close that a legend tells. */
const closeIn = (legend: string): number =>
  Number(/C\s*([\d.]+)/.exec(legend.replaceAll(',', ''))?.[1]);

interface Opened {
  readonly browser: Browser;
  readonly shell: Shell & { url: string };
  readonly page: Page;
  readonly chart: ChartOnScreen;
  close(): Promise<void>;
}

async function open(feed: string): Promise<Opened> {
  mkdirSync(screenshotFolder, { recursive: true });
  await buildScreen();
  const directory = temporaryDirectory();
  const browser = await launchChromium();
  const shell = await openServeShell({ browser, dataDirectory: directory.path, feed });
  return {
    ...{ browser, shell, page: shell.page, chart: new ChartOnScreen(shell.page) },
    close: async () => {
      await shell.close();
      await browser.close();
      directory.remove();
    },
  };
}

describe.skipIf(!hasChromium)(`the chart of the demo exchange${needsChromium}`, () => {
  let opened: Opened;
  let page: Page;
  let chart: ChartOnScreen;

  beforeAll(async () => {
    opened = await open('demo');
    ({ page, chart } = opened);
  });
  afterAll(() => opened.close());

  const reload = async () => {
    await page.reload();
    await firstCandle(page);
    await chart.until('candle-count', (count) => count > 10);
  };

  describe('what it shows', () => {
    it('is candles, Heikin-Ashi, a line or an area: chosen by mouse and by keyboard', async () => {
      const select = page.getByTestId('chart-kind');
      for (const kind of ['heikinAshi', 'line', 'area', 'candles']) {
        await select.selectOption(kind);
        await chart.untilIs('kind', kind);
        expect(await chart.number('last-close')).toBeGreaterThan(0);
      }
      await select.focus();
      await chart.press('ArrowDown');
      await chart.untilIs('kind', 'heikinAshi');
      await chart.press('ArrowUp');
    });

    it('is any interval from a second to a week: by mouse, by arrow keys and from the list', async () => {
      await page.getByTestId('interval-1w').click();
      await chart.until('candle-count', (count) => count > 0);
      const monday = new Date(await chart.number('first-time'));
      expect([monday.getUTCDay(), monday.getUTCHours()]).toEqual([1, 0]);
      await chart.press('ArrowLeft', 'ArrowLeft');
      await chart.untilIs('interval', '4h');
      await page.getByTestId('interval-list').selectOption('3m');
      const minutes = async () => (await chart.number('first-time')) % 180_000;
      await chart.until('candle-count', (count) => count > 100);
      expect(await minutes()).toBe(0);
      await page.getByTestId('interval-1m').click();
    });

    it('is bars of so many trades, which grow with each trade', async () => {
      const minutes = await chart.number('first-time');
      await page.getByTestId('interval-list').selectOption('10t');
      // The minutes stand there a moment longer.
      await chart.until('first-time', (time) => time > 0 && time !== minutes);
      const before = await chart.number('candle-count');
      await chart.until('candle-count', (count) => count > before);
      await page.getByTestId('interval-1m').click();
      await chart.until('candle-count', (count) => count > 100);
    });

    it('is on a logarithmic scale, by mouse and by keyboard', async () => {
      await page.getByTestId('chart-log').click();
      await chart.untilIs('scale', 'logarithmic');
      await page.getByTestId('chart-log').focus();
      await chart.press('Space');
      await chart.untilIs('scale', 'linear');
    });

    it('has the values of the bar under the crosshair in its legend, moved by mouse and by keys', async () => {
      await page.mouse.move(...(await chart.at(0.5, 0.3)));
      const hovered = await eventually(
        () => chart.legend(),
        (text) => /\d/.test(text),
      );
      await page.mouse.move(...(await chart.at(0.2, 0.3)));
      await eventually(
        () => chart.legend(),
        (text) => text !== hovered,
      );
      await chart.focus();
      await chart.press('Shift+ArrowLeft');
      const said = page.locator('[data-part="said"]').first();
      const first = await said.innerText();
      expect(first).toMatch(/close [\d,.]+/);
      await chart.press('ArrowLeft');
      expect(await said.innerText()).not.toBe(first);
      const close = /close ([\d,.]+)/.exec(await said.innerText())?.[1]?.replaceAll(',', '');
      expect(closeIn(await chart.legend())).toBe(Number(close));
      await chart.press('Escape');
      await eventually(
        async () => [await chart.number('last-close'), closeIn(await chart.legend())],
        ([last, told]) => last === told,
      );
    });

    it('has the crosshair on the screen as long as it stands, wherever its command came from', async () => {
      const upper = page.locator('[data-testid="chart-canvas"] td canvas + canvas').nth(1);
      const isSeen = (seen: boolean) =>
        eventually(
          () => upper.evaluate((canvas) => getComputedStyle(canvas).visibility),
          (visibility) => (visibility === 'visible') === seen,
        );
      await page.mouse.move(0, 0);
      await reload();
      await isSeen(false);
      await page.keyboard.press('Control+k');
      await page.getByTestId('command-palette').waitFor();
      await page.keyboard.type('crosshair left');
      await chart.press('Enter');
      await eventually(
        () => page.evaluate(() => document.activeElement?.getAttribute('data-testid')),
        (focused) => focused === 'chart-canvas',
      );
      await page.getByTestId('chart-log').focus();
      await isSeen(true);
      await chart.focus();
      await chart.press('Escape');
      await page.getByTestId('chart-log').focus();
      await isSeen(false);
    });

    it('loads what is older as one goes back, by keys and by the mouse', async () => {
      await page.getByTestId('interval-1m').click();
      await chart.until('candle-count', (count) => count >= 500);
      const first = await chart.number('first-time');
      await chart.focus();
      const isOlder = async (than: number) => (await chart.number('first-time')) < than;
      while (!(await isOlder(first))) await chart.press('PageUp');
      const second = await chart.number('first-time');
      while (!(await isOlder(second))) await chart.drag([0.05, 0.3], [0.85, 0.3]);
      await chart.focus();
      await chart.press('End');
    });

    it('is saved as a picture, by mouse and by keyboard', async () => {
      const button = page.getByTestId('chart-screenshot');
      for (const save of [() => button.click(), () => button.press('Enter')]) {
        const [download] = await Promise.all([page.waitForEvent('download'), save()]);
        expect(download.suggestedFilename()).toMatch(/^tapedeck-BTC-USDT-1m-\d+T\d+[.]png$/);
        const bytes = readFileSync(await download.path());
        expect(bytes.subarray(0, 8).toString('hex')).toBe(PNG_SIGNATURE);
        expect(bytes.length).toBeGreaterThan(5_000);
      }
    });
  });

  describe('indicators', () => {
    it('are added, edited and removed by mouse, in panes of their own, and are there after a reload', async () => {
      await page.getByTestId('chart-indicators').click();
      for (const kind of ['sma', 'bollinger', 'rsi', 'macd']) {
        await page.getByTestId(`add-indicator-${kind}`).click();
      }
      await chart.untilIs('pane-count', '3');
      await page.getByTestId('remove-macd').click();
      await page.getByTestId('chosen-rsi').getByRole('button').first().click();
      await page.getByTestId('indicator-period').fill('0');
      await page.getByRole('alert').filter({ hasText: 'From 2 to 500' }).waitFor();
      await page.getByTestId('indicator-period').fill('5');
      await page.getByTestId('indicator-dialog-done').click();
      await eventually(
        () => chart.seriesLegend(),
        (text) => /SMA 20\s+[\d,.]+/.test(text) && /RSI 5\s+\d+[.]\d\d/.test(text),
      );
      await chart.untilIs('pane-count', '2');
      await reload();
      await eventually(
        () => chart.seriesLegend(),
        (text) => /BB 20 · 2/.test(text) && /RSI 5/.test(text),
      );
    });

    it('are found, added, hidden and removed by keyboard', async () => {
      await page.getByTestId('chart-indicators').focus();
      await chart.press('Enter');
      await page.getByTestId('indicator-search').waitFor();
      await page.getByTestId('indicator-search').focus();
      await page.keyboard.type('stoch');
      await chart.press('Tab', 'Enter', 'Escape');
      await page.getByTestId('indicator-dialog').waitFor({ state: 'detached' });
      await eventually(
        () => chart.seriesLegend(),
        (text) => /Stoch 14 · 3 · 3/.test(text),
      );
      const remove = page.getByRole('button', { name: /^Remove (Stoch|RSI|BB|SMA)/ });
      await page.getByRole('button', { name: /^Hide Stoch/ }).focus();
      await chart.press('Enter');
      await page.getByRole('button', { name: /^Show Stoch/ }).waitFor();
      // While the crosshair stands there.
      await page.mouse.move(...(await chart.at(0.6, 0.3)));
      for (let left = 4; left > 0; left--) {
        await remove.first().focus();
        await chart.press('Enter');
        await chart.until('series-count', (count) => count === left - 1);
      }
      await chart.untilIs('pane-count', '1');
    });
  });

  describe('other instruments', () => {
    afterEach(() => chart.until('series-count', (count) => count === 0));

    it('are compared in percent, by mouse', async () => {
      await page.getByTestId('chart-compare').click();
      await page.getByTestId('compare-demo:ETH/USDT').click();
      await page.getByTestId('compare-dialog-done').click();
      await eventually(
        () => chart.seriesLegend(),
        (text) => /ETH\/USDT\s+[\d,.]+/.test(text),
      );
      await chart.untilIs('scale', 'percent');
      await page.locator('[data-testid="legend-demo:ETH/USDT"]').hover();
      await page.getByTestId('legend-remove-demo:ETH/USDT').click();
      await chart.untilIs('scale', 'linear');
    });

    it('are compared by keyboard', async () => {
      const toggle = async () => {
        await page.getByTestId('chart-compare').focus();
        await chart.press('Enter');
        await page.getByTestId('compare-demo:ETH/USDT').focus();
        await chart.press('Space', 'Escape');
        await page.getByTestId('compare-dialog').waitFor({ state: 'detached' });
      };
      await toggle();
      await chart.until('series-count', (count) => count === 1);
      await toggle();
    });
  });

  describe('drawings', () => {
    afterEach(async () => {
      await chart.focus();
      for (let left = await chart.number('drawing-count'); left > 0; left--) {
        await chart.press('Escape', 'Escape', ']', 'Delete');
      }
      await chart.until('drawing-count', (count) => count === 0);
    });
    const undoes = () => page.getByTestId('tool-undo').click();

    it('are made, moved, deleted and brought back by mouse, and are there after a reload', async () => {
      await page.getByTestId('tool-level').click();
      await page.mouse.click(...(await chart.at(0.4, 0.5)));
      for (const tool of ['trend', 'ray', 'rectangle', 'measure']) {
        await page.getByTestId(`tool-${tool}`).click();
        await chart.drag([0.3, 0.3], [0.5, 0.2]);
      }
      await chart.until('drawing-count', (count) => count === 5);
      await reload();
      await chart.until('drawing-count', (count) => count === 5);
      // The measure lies on top; it is moved away by its middle, and its place is free.
      await chart.drag([0.4, 0.25], [0.7, 0.4]);
      await page.mouse.click(...(await chart.at(0.7, 0.4)));
      await page.getByTestId('tool-remove').click();
      await chart.until('drawing-count', (count) => count === 4);
      await undoes();
      await chart.until('drawing-count', (count) => count === 5);
      await page.getByTestId('tool-redo').click();
      await chart.until('drawing-count', (count) => count === 4);
    });

    it('are made, moved, deleted and brought back by keyboard', async () => {
      await chart.focus();
      for (const key of ['h', 't', 'r', 'b', 'm']) {
        await chart.press(key, 'Enter');
        if (key !== 'h') await chart.press('Shift+ArrowLeft', 'Control+ArrowUp', 'Enter');
      }
      await chart.until('drawing-count', (count) => count === 5);
      const kept = () => page.evaluate(() => localStorage.getItem('tapedeck:drawings') ?? '');
      const before = await kept();
      await chart.press('Escape', ']', 'ArrowRight', 'ArrowUp');
      expect(await kept()).not.toBe(before);
      await chart.press('Control+z', 'Control+z');
      await chart.press('Delete');
      await chart.until('drawing-count', (count) => count === 4);
      await chart.press('Control+z');
      await chart.until('drawing-count', (count) => count === 5);
      await chart.press('Control+Shift+z');
      await chart.until('drawing-count', (count) => count === 4);
    });

    it('snap to the prices of a bar while Control is held', async () => {
      await page.getByTestId('tool-level').click();
      await page.mouse.move(...(await chart.at(0.5, 0.4)));
      await chart.drawn();
      const before = await chart.legend();
      await page.keyboard.down('Control');
      await page.mouse.click(...(await chart.at(0.5, 0.4)));
      await page.keyboard.up('Control');
      await chart.drawn();
      // With a new bar another one may come under the pointer.
      const legend = before + (await chart.legend());
      const kept = await page.evaluate(() => localStorage.getItem('tapedeck:drawings') ?? '');
      const price = /"kind":"level","price":([\d.]+)/.exec(kept)?.[1];
      const prices = [...legend.replaceAll(',', '').matchAll(/[OHLC]\s*([\d.]+)/g)];
      expect(prices.map(([, text]) => Number(text))).toContain(Number(price));
    });

    it('come from the chart’s menu, by mouse and by keyboard', async () => {
      await page.mouse.click(...(await chart.at(0.5, 0.3)), { button: 'right' });
      await page.getByTestId('menu-level').click();
      await chart.until('drawing-count', (count) => count === 1);
      await chart.focus();
      await chart.press('Shift+F10');
      await page.getByTestId('chart-menu').waitFor();
      await page.getByTestId('menu-level').focus();
      await chart.press('Enter');
      await chart.until('drawing-count', (count) => count === 2);
    });
  });

  describe('orders by hand', () => {
    const price = () => chart.number('order-price');
    const isGone = () => chart.untilIs('order-price', '');

    beforeAll(() => chart.holdScale());

    it('are placed from the chart’s menu, dragged, and canceled by mouse', async () => {
      await page.mouse.click(...(await chart.at(0.5, 0.9)), { button: 'right' });
      await page.getByTestId('menu-buy-limit').click();
      await page.getByTestId('order-quantity').fill('0');
      await page.getByTestId('order-submit').click();
      await page.getByTestId('order-form').getByRole('alert').first().waitFor();
      await page.getByTestId('order-quantity').fill('0.01');
      await page.getByTestId('order-submit').click();
      const before = await eventually(price, (at) => at > 0);
      await chart.drag([0.3, 0.9], [0.3, 0.85]);
      await eventually(price, (at) => at > before);
      await page.mouse.click(...(await chart.at(0.5, 0.85)), { button: 'right' });
      await page.getByTestId('menu-remove').click();
      await isGone();
    });

    it('are placed, moved, moved back and canceled by keyboard', async () => {
      await chart.focus();
      // From the last price: far enough below that the market does not get there meanwhile.
      await chart.press('Escape', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+F10');
      await page.getByTestId('chart-menu').waitFor();
      await chart.press('ArrowDown', 'ArrowDown', 'Enter');
      await page.locator('[data-testid="order-quantity"]:focus').waitFor();
      await chart.press('Control+a');
      await page.keyboard.type('0.01');
      await chart.press('Enter');
      await page.getByTestId('order-form').waitFor({ state: 'detached' });
      const before = await eventually(price, (at) => at > 0);
      await chart.focus();
      await chart.press('Escape', ']', 'ArrowDown');
      await eventually(price, (at) => at < before);
      // The hub tells of the order before it answers: until then the notice is of the order that was placed.
      const moved = page.getByTestId('notice').filter({ hasText: 'order moved to' });
      await moved.getByRole('button').first().focus();
      await chart.press('Enter');
      await eventually(price, (at) => at === before);
      await chart.focus();
      await chart.press('Delete', 'Enter');
      await isGone();
    });
  });

  describe('alert levels', () => {
    it('are made from the chart’s menu, dragged and deleted by mouse', async () => {
      await page.mouse.click(...(await chart.at(0.5, 0.3)), { button: 'right' });
      await page.getByTestId('menu-alert').click();
      await chart.until('alert-count', (count) => count === 1);
      const level = () => chart.number('alert-price');
      const before = await level();
      await chart.drag([0.3, 0.3], [0.3, 0.2]);
      await eventually(level, (price) => price > before);
      await page.mouse.click(...(await chart.at(0.5, 0.2)));
      await page.mouse.click(...(await chart.at(0.5, 0.2)), { button: 'right' });
      await page.getByTestId('menu-remove').click();
      await chart.until('alert-count', (count) => count === 0);
    });

    it('are made, moved and deleted by keyboard', async () => {
      await chart.focus();
      await chart.press('Shift+ArrowUp', 'Shift+F10');
      await page.getByTestId('menu-alert').waitFor();
      await chart.press('Enter');
      await chart.until('alert-count', (count) => count === 1);
      const before = await chart.number('alert-price');
      await chart.focus();
      await chart.press('Escape', ']', 'Shift+ArrowUp');
      await eventually(
        () => chart.number('alert-price'),
        (price) => price > before,
      );
      await chart.press('Delete');
      await chart.until('alert-count', (count) => count === 0);
    });
  });

  it('marks our bots’ fills, and says what they were under the pointer', async () => {
    await eventually(
      () => chart.number('marker-count'),
      (count) => count > 0,
      FIRST_FILL_WITHIN_MS,
    );
    const tooltip = page.getByTestId('chart-tooltip').first();
    await chart.focus();
    let bar = 0;
    const atNextBar = async () => {
      if (bar % 30 === 0) await chart.press('End', 'ArrowRight');
      bar += 1;
      await chart.press('ArrowLeft');
      await chart.drawn();
      return tooltip.innerText();
    };
    await eventually(atNextBar, (text) => /bought|sold/.test(text));
    await chart.press('Escape');
  });

  it('draws nothing while it is hidden, and is right when it is shown again', async () => {
    const hide = (isHidden: boolean) =>
      page.evaluate((hidden) => {
        const panel = document.querySelector<HTMLElement>('[data-testid="chart"]')?.parentElement;
        if (panel) panel.style.display = hidden ? 'none' : '';
      }, isHidden);
    await page.getByTestId('interval-1s').click();
    await chart.until('candle-count', (count) => count > 5);
    await hide(true);
    const price = page.getByTestId('price-demo:BTC/USDT').first();
    // A frame later the chart knows that it is hidden.
    for (let change = 0; change < 2; change++) {
      const shown = await price.innerText();
      await eventually(
        () => price.innerText(),
        (text) => text !== shown,
      );
    }
    const hidden = await chart.number('candle-count');
    for (let change = 0; change < 4; change++) {
      const shown = await price.innerText();
      await eventually(
        () => price.innerText(),
        (text) => text !== shown,
      );
    }
    expect(await chart.number('candle-count')).toBe(hidden);
    await hide(false);
    await chart.until('candle-count', (count) => count > hidden);
    await page.getByTestId('interval-1m').click();
  });

  it('stays usable 600 pixels wide', async () => {
    const width = (pixels: string) =>
      page.evaluate((value) => {
        const panel = document.querySelector('[data-testid="chart"]')?.closest('section');
        if (panel) panel.style.width = value;
      }, pixels);
    await width('600px');
    const chartBox = await eventually(
      () => page.getByTestId('chart').first().boundingBox(),
      (box) => box !== null && box.width <= 600,
    );
    const right = (chartBox?.x ?? 0) + (chartBox?.width ?? 0);
    for (const control of ['interval-list', 'chart-kind', 'chart-indicators', 'chart-screenshot']) {
      const box = await page.getByTestId(control).first().boundingBox();
      expect((box?.x ?? Number.NaN) + (box?.width ?? 0), control).toBeLessThanOrEqual(right);
    }
    await page.screenshot({ path: join(screenshotFolder, 'chart-narrow.png') });
    await width('');
  });

  it.each(SCREENS.flatMap((screen) => ['dark', 'light'].map((theme) => ({ ...screen, theme }))))(
    'looks like this: $width×$height, $theme',
    async ({ theme, ...screen }) => {
      await page.setViewportSize(screen);
      await page.evaluate(
        (kept) => localStorage.setItem('tapedeck:preferences', kept),
        JSON.stringify({ theme }),
      );
      await reload();
      if ((await chart.number('series-count')) === 0) {
        await page.getByTestId('chart-indicators').click();
        for (const kind of ['ema', 'bollinger', 'rsi', 'macd']) {
          await page.getByTestId(`add-indicator-${kind}`).click();
        }
        await page.screenshot({ path: join(screenshotFolder, 'chart-indicators.png') });
        await page.getByTestId('indicator-dialog-done').click();
        await page.getByTestId('tool-trend').click();
        await chart.drag([0.3, 0.3], [0.5, 0.2]);
        await page.getByTestId('tool-measure').click();
        await chart.drag([0.6, 0.3], [0.68, 0.15]);
      }
      await page.mouse.move(...(await chart.at(0.45, 0.3)));
      const name = `chart-${screen.width}x${screen.height}-${theme}.png`;
      await page.screenshot({ path: join(screenshotFolder, name) });
    },
  );

  it('has said nothing of errors or of violations of its security policy', () => {
    expect(opened.shell.problems).toEqual([]);
  });
});

describe.skipIf(!hasChromium || !hasRecordings)(
  `the chart of a recorded market${needsChromium || needsRecordings}`,
  () => {
    let opened: Opened;

    beforeAll(async () => {
      opened = await open(`replay:${SPOT_BTCUSDT}@20`);
    });
    afterAll(() => opened.close());

    it('draws seconds, minutes and bars of trades, with indicators over them', async () => {
      const { page, chart } = opened;
      await page.getByTestId('interval-1s').click();
      await chart.until('candle-count', (count) => count > 30);
      await page.getByTestId('chart-indicators').click();
      await page.getByTestId('add-indicator-vwap').click();
      await page.getByTestId('add-indicator-obv').click();
      await page.getByTestId('indicator-dialog-done').click();
      await page.getByTestId('interval-list').selectOption('50t');
      await chart.until('candle-count', (count) => count > 5);
      await eventually(
        () => chart.seriesLegend(),
        (text) => /VWAP\s+[\d,.]+/.test(text) && /OBV\s+[−\d,.]+/.test(text),
      );
      await page.screenshot({ path: join(screenshotFolder, 'chart-recorded.png') });
      expect(opened.shell.problems).toEqual([]);
    });
  },
);
