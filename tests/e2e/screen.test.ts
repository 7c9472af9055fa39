import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { projectRoot } from '../support/serve-process.ts';
import { useDemoShell } from './demo-shell.ts';
import { firstCandle, hasChromium, needsChromium, screenshotFolder } from './shells.ts';

const SCREENS = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
] as const;
const THEMES = ['dark', 'light'] as const;
const PANELS = ['chart', 'order-book', 'tape', 'bots-table'] as const;
const FIRST_FILL_WITHIN_MS = 60_000;

/** Set to refresh the README's picture from this suite. */
const updatesReadme = process.env['TAPEDECK_UPDATE_PICTURE'] === '1';

const boxesOf = (page: Page) =>
  Promise.all(PANELS.map((panel) => page.getByTestId(panel).first().boundingBox()));

describe.skipIf(!hasChromium)(`the screen with the demo exchange${needsChromium}`, () => {
  const demo = useDemoShell({ hasMotion: true });
  let page: Page;

  beforeAll(() => {
    page = demo.page;
  });

  it('is labelled DEMO, and alive: chart, tape, book and a running bot', async () => {
    await eventually(
      () => page.getByTestId('mode-badge').innerText(),
      (text) => text === 'DEMO',
    );
    await eventually(
      () => page.getByTestId('tape-row').count(),
      (count) => count > 3,
    );
    expect(await page.getByTestId('book-bid').count()).toBeGreaterThan(5);
    expect(await page.locator('[data-testid^="bot-row-"]').innerText()).toMatch(/running/i);
  });

  it('does not jump while it moves', async () => {
    const before = await boxesOf(page);
    const price = page.getByTestId('price-demo:BTC/USDT').first();
    for (let change = 0; change < 5; change += 1) {
      const shown = await price.innerText();
      await eventually(
        () => price.innerText(),
        (text) => text !== shown,
      );
    }
    expect(await boxesOf(page)).toEqual(before);
  });

  it('never shows one instrument’s book, chart or tape under the name of another', async () => {
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { mixedUp: seen });
      const look = () => {
        const name = document.querySelector('[role="treeitem"][aria-selected="true"]');
        const isEth = name?.textContent?.includes('ETH') ?? false;
        const priceOf = (selector: string) =>
          Number(document.querySelector(selector)?.getAttribute('data-price') || Number.NaN);
        const prices = [priceOf('[data-testid="book-bid"]'), priceOf('[data-testid="book-ask"]')];
        const isEthPrice = (price: number) => price < 20_000;
        for (const price of prices) {
          if (!Number.isNaN(price) && isEth !== isEthPrice(price)) seen.push(`${isEth} ${price}`);
        }
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    for (const id of ['demo:ETH/USDT', 'demo:BTC/USDT', 'demo:ETH/USDT', 'demo:BTC/USDT']) {
      await page.getByTestId(`watchlist-row-${id}`).click();
      const isBtc = id.includes('BTC');
      await eventually(
        async () => Number(await page.getByTestId('chart').getAttribute('data-last-close')),
        (close) => close > 0 && isBtc === close > 20_000,
      );
      await eventually(
        async () => Number(await page.getByTestId('book-bid').first().getAttribute('data-price')),
        (price) => price > 0 && isBtc === price > 20_000,
      );
    }
    const mixedUp = await page.evaluate(() => Reflect.get(window, 'mixedUp') as string[]);
    expect(mixedUp).toEqual([]);
  });

  it('raises one notification for each fill, and none twice', async () => {
    const context = await demo.browser.newContext({ viewport: SCREENS[0] });
    await context.addCookies(await page.context().cookies());
    await context.addInitScript(() => {
      const raised: string[] = [];
      Object.assign(window, { raised });
      class RecordedNotification extends EventTarget {
        static permission = 'granted';
        constructor(_title: string, options?: NotificationOptions) {
          super();
          raised.push(options?.tag ?? '');
        }
        close(): void {
          raised.push('closed');
        }
      }
      Object.assign(window, { Notification: RecordedNotification });
    });
    const second = await context.newPage();
    await second.goto(demo.shell.url);
    await firstCandle(second);
    const raised = () => second.evaluate(() => Reflect.get(window, 'raised') as string[]);
    await eventually(raised, (tags) => tags.length > 0, FIRST_FILL_WITHIN_MS);
    const fills = (await raised()).filter((tag) => tag.startsWith('fill-'));
    expect(fills.length).toBeGreaterThan(0);
    expect(new Set(fills).size).toBe(fills.length);
    await context.close();
  });

  it('lets a bot be made, stopped, edited, started again and deleted', async () => {
    await page.getByTestId('new-bot').click();
    await page.getByTestId('bot-field-name').fill('Short-lived');
    await page.getByTestId('bot-field-levels').fill('0');
    await page.getByTestId('bot-form-submit').click();
    await eventually(
      () => page.getByTestId('bot-form').innerText(),
      (text) => /At least 1/.test(text),
    );
    await page.getByTestId('bot-field-levels').fill('2');
    await page.getByTestId('bot-form-submit').click();
    const row = page.locator('[data-testid^="bot-row-"]', { hasText: 'Short-lived' });
    await row.click();
    const botId = (await row.getAttribute('data-testid'))?.slice('bot-row-'.length) ?? '';
    const state = async (wanted: RegExp) =>
      eventually(
        () => row.innerText(),
        (text) => wanted.test(text),
      );
    await state(/running/);
    await page.getByTestId(`bot-stop-${botId}`).click();
    await state(/stopped/);
    await page.getByTestId(`bot-edit-${botId}`).click();
    await page.getByTestId('bot-field-levels').fill('3');
    await page.getByTestId('bot-form-submit').click();
    await page.getByTestId(`bot-start-${botId}`).click();
    await state(/running/);
    await page.getByTestId(`bot-stop-${botId}`).click();
    await state(/stopped/);
    await page.getByTestId(`bot-more-${botId}`).click();
    await page.getByTestId(`bot-delete-${botId}`).click();
    await page.getByTestId(`bot-delete-confirm-${botId}`).click();
    await eventually(
      () => row.count(),
      (count) => count === 0,
    );
  });

  it('turns away a browser that was not let in, and says what to do', async () => {
    const stranger = await demo.browser.newContext();
    const strangerPage = await stranger.newPage();
    await strangerPage.goto(demo.shell.url);
    await eventually(
      () => strangerPage.locator('body').innerText(),
      (text) => /token open/.test(text),
    );
    await stranger.close();
  });

  it.each(SCREENS.flatMap((screen) => THEMES.map((theme) => ({ ...screen, theme }))))(
    'fits $width×$height, $theme',
    async ({ theme, ...screen }) => {
      await page.setViewportSize(screen);
      await page.evaluate(
        (kept) => localStorage.setItem('tapedeck:preferences', kept),
        JSON.stringify({ theme }),
      );
      await page.reload();
      await firstCandle(page);
      await page.locator('[data-testid^="bot-row-"]').first().click();
      await page.getByTestId('fill-row').first().waitFor({ timeout: FIRST_FILL_WITHIN_MS });
      await eventually(
        () => page.getByTestId('tape-row').count(),
        (count) => count > 5,
      );
      const name = `demo-${screen.width}x${screen.height}-${theme}.png`;
      const path = join(screenshotFolder, name);
      await page.screenshot({ path });
      if (updatesReadme && screen.width === 1_280 && theme === 'dark') {
        copyFileSync(path, join(projectRoot, 'docs/images/tapedeck.png'));
      }
      const overflow = await page.evaluate(() => [
        document.documentElement.scrollWidth - innerWidth,
        document.documentElement.scrollHeight - innerHeight,
      ]);
      expect(overflow).toEqual([0, 0]);
    },
  );

  it('has said nothing of errors or of violations of its security policy', () => {
    expect(demo.shell.problems).toEqual([]);
  });
});
