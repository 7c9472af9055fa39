import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { hasRecordings, needsRecordings, SPOT_BTCUSDT } from '../support/recordings.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import {
  buildScreen,
  firstCandle,
  hasChromium,
  hasElectron,
  launchChromium,
  needsChromium,
  needsElectron,
  openElectronShell,
  openServeShell,
  type Shell,
  screenshotFolder,
} from './shells.ts';

const FILL_WITHIN_MS = 60_000;
const SETTLE_WITHIN_MS = 20_000;

const shot = (page: Page, name: string) =>
  page.screenshot({ path: join(screenshotFolder, `${name}.png`) });

const numberOf = async (page: Page, selector: string, attribute: string): Promise<number> =>
  Number(await page.locator(selector).first().getAttribute(attribute));

const chart = (page: Page, attribute: string) => numberOf(page, '[data-testid="chart"]', attribute);

/** Creates a bot as a user does, by the form. */
async function createGridBot(page: Page, params: Record<string, string>): Promise<void> {
  await page.getByTestId('new-bot').click();
  for (const [name, value] of Object.entries(params)) {
    await page.getByTestId(`bot-field-${name}`).fill(value);
  }
  await page.getByTestId('bot-form-submit').click();
}

const botRow = (page: Page, name: string) =>
  page.locator('[data-testid^="bot-row-"]', { hasText: name });

async function fillIds(page: Page): Promise<string[]> {
  const rows = await page.getByTestId('fill-row').all();
  return Promise.all(rows.map(async (row) => (await row.getAttribute('data-fill-id')) ?? ''));
}

interface ShellCase {
  readonly name: string;
  readonly isHere: boolean;
  readonly instrumentId: string;
  /** Spacing that is crossed within seconds. */
  readonly spacingBps: string;
  open(browser: Browser | null, dataDirectory: string): Promise<Shell>;
}

const CASES: readonly ShellCase[] = [
  {
    name: `serve mode in Chromium, with a recording${needsChromium}${needsRecordings}`,
    isHere: hasChromium && hasRecordings,
    instrumentId: 'replay:BTC/USDT',
    spacingBps: '0.5',
    open: (browser, dataDirectory) => {
      if (!browser) throw new Error('needs a browser');
      const feed = `replay:${SPOT_BTCUSDT}@5`;
      return openServeShell({ browser, dataDirectory, feed, hasMotion: true });
    },
  },
  {
    name: `the desktop app, with the demo exchange${needsElectron}`,
    isHere: hasElectron,
    instrumentId: 'demo:BTC/USDT',
    spacingBps: '1',
    open: (_browser, dataDirectory) => openElectronShell(dataDirectory),
  },
];

let browser: Browser | null = null;

beforeAll(async () => {
  mkdirSync(screenshotFolder, { recursive: true });
  if (hasChromium || hasElectron) await buildScreen();
  if (hasChromium) browser = await launchChromium();
});
afterAll(() => browser?.close());

describe.each(CASES)('$name', ({ isHere, instrumentId, spacingBps, open }) => {
  describe.skipIf(!isHere)('a living monitor', () => {
    let directory: ReturnType<typeof temporaryDirectory>;
    let shell: Shell;

    beforeEach(async () => {
      directory = temporaryDirectory();
      shell = await open(browser, directory.path);
    });
    afterEach(async () => {
      await shell.close();
      directory.remove();
    });

    it('moves; a bot made by hand fills; all of it outlives a reload and a kill -9', async () => {
      const { page } = shell;
      const price = () => page.getByTestId(`price-${instrumentId}`).first().innerText();
      const before = { price: await price(), close: await chart(page, 'data-last-close') };
      await eventually(price, (now) => now !== before.price, SETTLE_WITHIN_MS);
      await eventually(
        () => chart(page, 'data-last-close'),
        (close) => close !== before.close,
        SETTLE_WITHIN_MS,
      );
      await page.getByTestId('interval-1s').click();
      const seconds = await eventually(
        () => chart(page, 'data-candle-count'),
        (count) => count > 0,
      );
      await eventually(
        () => chart(page, 'data-candle-count'),
        (count) => count > seconds,
      );
      await eventually(
        () => page.getByTestId('tape-row').count(),
        (count) => count > 5,
      );
      const bid = await numberOf(page, '[data-testid="book-bid"]', 'data-price');
      const ask = await numberOf(page, '[data-testid="book-ask"]', 'data-price');
      expect(bid).toBeGreaterThan(0);
      expect(ask).toBeGreaterThan(0);
      await shot(page, 'running');

      await createGridBot(page, { name: 'Hand-made', levels: '20', spacingBps, quantity: '0.01' });
      await botRow(page, 'Hand-made').first().waitFor();
      await botRow(page, 'Hand-made').first().click();
      await page.getByTestId('bot-detail').waitFor();
      await page.getByTestId('fill-row').first().waitFor({ timeout: FILL_WITHIN_MS });
      const [firstFill] = await fillIds(page);
      await eventually(
        () => chart(page, 'data-marker-count'),
        (count) => count > 0,
      );
      await eventually(
        () => page.getByTestId('position-quantity').first().innerText(),
        (text) => /[1-9]/.test(text),
        SETTLE_WITHIN_MS,
      );
      await shot(page, 'first-fill');
      await page.getByTestId('notification-bell').click();
      await page.getByTestId('notification-item').first().waitFor();
      expect(await page.getByTestId('notification-item').count()).toBeGreaterThan(0);
      await shot(page, 'notifications');

      await page.reload();
      await firstCandle(page);
      await page.getByTestId('tab-bots').click();
      await botRow(page, 'Hand-made').first().click();
      await page.getByTestId('fill-row').first().waitFor();
      const known = await fillIds(page);
      expect(known).toContain(firstFill);
      await eventually(
        () => chart(page, 'data-marker-count'),
        (count) => count > 0,
      );

      await shell.crashAndRestart();
      const live = shell.page;
      await eventually(
        async () => (await live.getByTestId('connection-banner').count()) === 0,
        (isGone) => isGone,
        40_000,
      );
      await live.getByTestId('tab-bots').click();
      await botRow(live, 'Hand-made').first().click();
      await eventually(
        () => fillIds(live),
        // The newest of them: a bot that goes on filling pushes the oldest off its last 100.
        (ids) => known.slice(0, 20).every((id) => ids.includes(id)),
        SETTLE_WITHIN_MS,
      );
      const state = botRow(live, 'Hand-made').first();
      await eventually(
        () => state.innerText(),
        (text) => /running/i.test(text),
        SETTLE_WITHIN_MS,
      );
      await shot(live, 'after-restart');
      expect(shell.problems).toEqual([]);
    });
  });
});
