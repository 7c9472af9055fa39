import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { useDemoShell } from './demo-shell.ts';
import { firstCandle, hasChromium, needsChromium, screenshotFolder } from './shells.ts';

const BTC = 'demo:BTC/USDT';
const ETH = 'demo:ETH/USDT';
/** A step that takes longer has failed. */
const STEP_MS = 15_000;

describe.skipIf(!hasChromium)(`the workspace${needsChromium}`, () => {
  const demo = useDemoShell({ stepMs: STEP_MS });
  let page: Page;

  beforeAll(() => {
    page = demo.page;
  });
  beforeEach(() => begin(page));

  describe('by mouse', () => {
    it('brings a tab to the front, and moves it beside another panel', async () => {
      await page.getByTestId('tab-orders').click();
      await page.getByTestId('orders-table').waitFor();
      const before = await boxOf(panel(page, 'orders'));
      const target = await boxOf(panel(page, 'chart'));
      await drag(page, page.getByTestId('tab-orders'), {
        x: target.x + target.width * 0.9,
        y: target.y + target.height * 0.5,
      });
      const after = await eventually(
        () => boxOf(panel(page, 'orders')),
        (box) => box.y < before.y,
      );
      expect(after.x).toBeGreaterThan(target.x);
      const isWhole = (button: Element) => button.scrollWidth <= button.clientWidth;
      expect(await page.getByTestId('new-order').evaluate(isWhole), 'a button’s text').toBe(true);
    });

    it('makes a panel wider by its edge', async () => {
      const before = await boxOf(panel(page, 'watchlist'));
      const edge = { x: before.x + before.width + 1, y: before.y + before.height / 2 };
      await page.mouse.move(edge.x, edge.y);
      await page.mouse.down();
      await page.mouse.move(edge.x + 60, edge.y, { steps: 5 });
      await page.mouse.up();
      const after = await boxOf(panel(page, 'watchlist'));
      expect(after.width).toBeGreaterThan(before.width + 40);
    });

    it('maximises and restores, closes and adds', async () => {
      const before = await boxOf(panel(page, 'chart'));
      await page.getByTestId('tab-chart').dblclick();
      await eventually(
        () => boxOf(panel(page, 'chart')),
        (box) => box.width > 1_200,
      );
      await page.getByTestId('tab-chart').dblclick();
      await eventually(
        () => boxOf(panel(page, 'chart')),
        (box) => box.width === before.width,
      );
      await page.getByTestId('tab-desk').click({ button: 'middle' });
      await page.getByTestId('tab-desk').waitFor({ state: 'detached' });
      await addPanel(page, 'fills');
      await panel(page, 'fills-1').waitFor();
    });

    it('keeps tabs whole where there are more of them than fit', async () => {
      for (const kind of ['journal', 'health', 'settings', 'feeds']) await addPanel(page, kind);
      const strips = await page.locator('.dv-tabs-container').evaluateAll((all) =>
        all.map((strip) => ({
          overflows: strip.scrollWidth > strip.clientWidth,
          isWhole: strip.clientHeight === strip.getBoundingClientRect().height,
        })),
      );
      expect(strips.some(({ overflows }) => overflows)).toBe(true);
      expect(strips.every(({ isWhole }) => isWhole)).toBe(true);
    });

    it('has the tab of what was opened in sight, also where it is the last of many', async () => {
      for (const kind of ['feeds', 'journal', 'health', 'settings']) {
        await addPanel(page, kind);
        const tab = page.getByTestId(`tab-${kind}`);
        const strip = page.locator('.dv-tabs-container').filter({ has: tab });
        await eventually(
          async () => {
            const [one, all] = [await boxOf(tab), await boxOf(strip)];
            return one.x + one.width - (all.x + all.width);
          },
          (beyond) => beyond < 1,
        );
      }
    });

    it('saves, leaves, comes back to, renames and deletes a layout', async () => {
      await page.getByTestId('tab-tape-files').click({ button: 'middle' });
      await layoutItem(page, 'layout-save-as');
      await page.getByTestId('layout-name').fill('Night');
      await page.getByTestId('layout-name-submit').click();
      await layoutItem(page, 'layout-default');
      await page.getByTestId('tab-tape-files').waitFor();
      await layoutItem(page, 'layout-Night');
      await page.getByTestId('tab-tape-files').waitFor({ state: 'detached' });
      await layoutItem(page, 'layout-rename');
      await page.getByTestId('layout-name').fill('Late');
      await page.getByTestId('layout-name').press('Enter');
      expect(await page.getByTestId('layout-menu').innerText()).toContain('Late');
      await layoutItem(page, 'layout-duplicate');
      expect(await page.getByTestId('layout-menu').innerText()).toContain('Late 2');
      await layoutItem(page, 'layout-delete');
      await page.getByTestId('undo').click();
      expect(await page.getByTestId('layout-menu').innerText()).toContain('Late 2');
      await layoutItem(page, 'layout-reset');
      await page.getByTestId('tab-tape-files').waitFor();
    });

    it('has room for the price beside a layout of the longest name', async () => {
      await layoutItem(page, 'layout-save-as');
      await page.getByTestId('layout-name').fill('W'.repeat(40));
      await page.getByTestId('layout-name-submit').click();
      const menu = await boxOf(page.getByTestId('layout-menu').filter({ hasText: 'WW' }));
      const price = await boxOf(page.getByTestId('selected-price'));
      const bar = await boxOf(page.getByTestId('kill-switch'));
      expect(price.x + price.width).toBeLessThanOrEqual(menu.x);
      // What has no room is wrapped out of sight.
      expect(price.y).toBeLessThan(bar.y + bar.height);
      await layoutItem(page, 'layout-delete');
    });

    it('gives a closed panel back where it was, by its notice and by the key for it', async () => {
      const order = () =>
        page
          .locator('[data-testid^="tab-"]')
          .evaluateAll((tabs) => tabs.map((tab) => tab.getAttribute('data-testid')));
      const before = await order();
      await page.getByTestId('tab-order-book').click({ button: 'middle' });
      await page.getByTestId('tab-order-book').waitFor({ state: 'detached' });
      expect(await page.getByTestId('notice').innerText()).toContain('Closed: Order book');
      await page.getByTestId('tab-positions').click({ button: 'middle' });
      await page.getByTestId('tab-positions').waitFor({ state: 'detached' });
      await page.screenshot({ path: join(screenshotFolder, 'notice-undo.png') });
      await page.getByTestId('undo').click();
      await page.getByTestId('tab-positions').waitFor();
      await page.keyboard.press('Control+z');
      await page.getByTestId('tab-order-book').waitFor();
      await eventually(order, (now) => JSON.stringify(now) === JSON.stringify(before));
      await page.getByTestId('book-bid').first().waitFor();
    });

    it('carries a layout out and in as a file; a broken one changes nothing', async () => {
      await page.getByTestId('tab-tape-files').click({ button: 'middle' });
      const download = page.waitForEvent('download');
      await layoutItem(page, 'layout-export');
      const file = join(demo.directory.path, 'mine.tapedeck.json');
      await (await download).saveAs(file);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ format: 'tapedeck-layout' });
      await layoutItem(page, 'layout-reset');
      await importLayout(page, file);
      await page.getByTestId('tab-tape-files').waitFor({ state: 'detached' });
      const broken = join(demo.directory.path, 'broken.json');
      writeFileSync(broken, '{"format":"tapedeck-layout"}');
      await importLayout(page, broken);
      await eventually(
        () => page.getByTestId('notice').innerText(),
        (text) => text.includes('broken.json is not a layout'),
      );
      expect(await page.getByTestId('layout-menu').innerText()).toContain('mine');
    });
  });

  describe('by keyboard', () => {
    it('goes from panel to panel and from tab to tab, and shows where it is', async () => {
      /** Its tab's name, without what it shows and how much there is of it. */
      const focused = async () => {
        const name = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
        return (name ?? '').replace(/ (BTC.*|\d+)$/, '');
      };
      await page.keyboard.press('F6');
      const names = [await focused()];
      for (let step = 0; step < 4; step += 1) {
        await page.keyboard.press('F6');
        names.push(await focused());
      }
      expect(new Set(names)).toEqual(new Set(['Watchlist', 'Chart', 'Bots', 'Order book', 'Tape']));
      await focusTab(page, 'Bots');
      await page.keyboard.press('Alt+PageDown');
      expect(await focused()).toBe('Positions');
      await page.getByTestId('positions').waitFor();
      await page.keyboard.press('Alt+PageUp');
      expect(await focused()).toBe('Bots');
      const outline = await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement as Element);
        return `${outlineStyle} ${outlineWidth}`;
      });
      expect(outline).toBe('solid 2px');
    });

    it('moves, resizes, maximises and closes the panel it is in', async () => {
      await page.getByTestId('tab-orders').click();
      await focusTab(page, 'Orders');
      const before = await boxOf(panel(page, 'orders'));
      await page.keyboard.press('Control+Shift+ArrowUp');
      await eventually(
        () => boxOf(panel(page, 'orders')),
        (box) => box.y < before.y,
      );
      const small = await boxOf(panel(page, 'orders'));
      await page.keyboard.press('Alt+Shift+ArrowDown');
      await eventually(
        () => boxOf(panel(page, 'orders')),
        (box) => box.height > small.height,
      );
      await page.keyboard.press('Alt+Enter');
      await eventually(
        () => boxOf(panel(page, 'orders')),
        (box) => box.width > 1_200,
      );
      await page.keyboard.press('Alt+Enter');
      await page.keyboard.press('Alt+W');
      await page.getByTestId('tab-orders').waitFor({ state: 'detached' });
    });

    it('saves a layout from the menu, with the arrows', async () => {
      await page.getByTestId('layout-menu').focus();
      await page.keyboard.press('Enter');
      await page.getByTestId('layout-default').waitFor();
      await eventually(
        () => page.evaluate(() => document.activeElement?.getAttribute('role') ?? ''),
        (role) => role.startsWith('menuitem'),
      );
      const focused = () =>
        page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '');
      for (let step = 0; step < 20 && (await focused()) !== 'layout-save-as'; step += 1) {
        await page.keyboard.press('ArrowDown');
      }
      await page.keyboard.press('Enter');
      await page.getByTestId('layout-name').waitFor();
      await page.keyboard.type('Keys');
      await page.keyboard.press('Enter');
      await eventually(
        () => page.getByTestId('layout-menu').innerText(),
        (text) => text.includes('Keys'),
      );
      await layoutItem(page, 'layout-delete');
    });
  });

  describe('linked panels', () => {
    it('follow one another, and a panel of another group or a pinned one does not', async () => {
      await addPanel(page, 'chart');
      const second = panel(page, 'chart-1');
      await second.waitFor();
      await link(page, 'chart-1', 'B');
      await page.getByTestId(`watchlist-row-${ETH}`).click();
      await page.getByTestId('tab-chart').first().click();
      await eventually(
        () => lastClose(panel(page, 'chart')),
        (close) => close > 0 && close < 20_000,
      );
      await page.getByTestId('tab-chart').nth(1).click();
      await eventually(
        () => lastClose(second),
        (close) => close > 20_000,
      );
      await page.screenshot({ path: join(screenshotFolder, 'workspace-linked.png') });
      await link(page, 'tape', 'none');
      await page.getByTestId(`watchlist-row-${BTC}`).click();
      expect(await page.getByTestId('tab-tape').innerText()).toContain('ETH/USDT');
    });
  });

  it('a panel that is not seen is subscribed to nothing, and is right when it is seen again', async () => {
    const channels = async () => {
      const text = await (await page.request.get(`${demo.shell.url}/metrics`)).text();
      return Number(/^tapedeck_subscriptions (\d+)$/m.exec(text)?.[1]);
    };
    await page.getByTestId('tape-row').first().waitFor();
    const before = await channels();
    await page.getByTestId('tab-chart').dblclick();
    // The book's, the trades': the chart alone is left.
    await eventually(channels, (count) => count <= before - 2);
    await page.getByTestId('tab-chart').dblclick();
    await eventually(channels, (count) => count === before);
    const rows = page.getByTestId('tape-row');
    const shown = await rows.first().innerText();
    await eventually(
      () => rows.first().innerText(),
      (text) => text !== shown,
    );
  });

  it('a form that is half filled in is still so when its tab was left and came back', async () => {
    await page.getByTestId('new-bot').click();
    await page.getByTestId('bot-field-name').fill('Half a bot');
    await page.getByTestId('tab-orders').click();
    await page.getByTestId('orders-table').waitFor();
    await page.getByTestId('tab-bots').click();
    expect(await page.getByTestId('bot-field-name').inputValue()).toBe('Half a bot');
  });

  it('is as it was after a reload, and after the hub has died and come back', async () => {
    await page.getByTestId('tab-desk').click({ button: 'middle' });
    await link(page, 'tape', 'B');
    await page.getByTestId('tab-positions').click();
    const same = async () => {
      expect(await page.getByTestId('tab-desk').count()).toBe(0);
      await page.getByTestId('positions').waitFor();
      expect(await linkOf(page, 'tape')).toContain('Group B');
    };
    await same();
    await page.reload();
    await firstCandle(page);
    await same();
    await demo.shell.crashAndRestart();
    await page.getByTestId('connection-banner').waitFor({ state: 'detached' });
    await same();
    const tape = page.getByTestId('tape-row').first();
    const shown = await tape.innerText();
    await eventually(
      () => tape.innerText(),
      (text) => text !== shown,
    );
  });

  it('is a window of its own in a second tab, which begins with a copy of what the first one shows', async () => {
    await page.getByTestId('tab-desk').click({ button: 'middle' });
    await page.getByTestId('tab-desk').waitFor({ state: 'detached' });
    // Written before another page reads it.
    await eventually(
      () => page.evaluate(() => localStorage.getItem('tapedeck:workspace') ?? ''),
      (text) => !text.includes('"kind":"desk"'),
    );
    const second = await page.context().newPage();
    try {
      await second.goto(page.url());
      await second.getByTestId('notice').waitFor();
      expect(await second.getByTestId('notice').innerText()).toContain('works on a copy');
      expect(await second.getByTestId('tab-desk').count()).toBe(0);
      await second.getByTestId('tab-positions').click({ button: 'middle' });
      await second.getByTestId('tab-positions').waitFor({ state: 'detached' });
      await second.reload();
      await firstCandle(second);
      expect(await second.getByTestId('tab-positions').count()).toBe(0);
    } finally {
      await second.close();
    }
    await page.reload();
    await firstCandle(page);
    expect(await page.getByTestId('tab-positions').count()).toBe(1);
    expect(await page.getByTestId('tab-desk').count()).toBe(0);
  });

  it('begins anew, and says so, where what was kept is damaged', async () => {
    await page.evaluate(() => localStorage.setItem('tapedeck:workspace', '{"name":1}'));
    // What the page writes as it goes must not mend it.
    await page.addInitScript(() => {
      if (sessionStorage.getItem('spoiled') !== null) return;
      sessionStorage.setItem('spoiled', '1');
      localStorage.setItem('tapedeck:workspace', '{"name":1}');
    });
    await page.reload();
    await firstCandle(page);
    expect(await page.getByTestId('notice').innerText()).toContain('could not be read');
  });

  it('has said nothing of errors or of violations of its security policy', () => {
    expect(demo.shell.problems).toEqual([]);
  });
});

const panel = (page: Page, id: string): Locator => page.getByTestId(`panel-${id}`);

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('is not to be seen');
  return box;
}

/** Every test starts with the first layout. */
async function begin(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await layoutItem(page, 'layout-reset');
  for (const id of ['tape', 'chart', 'watchlist']) await link(page, id, 'A');
  await page.getByTestId(`watchlist-row-${BTC}`).click();
}

async function layoutItem(page: Page, testId: string): Promise<void> {
  await page.getByTestId('layout-menu').click();
  await page.getByTestId(testId).click();
}

async function addPanel(page: Page, kind: string): Promise<void> {
  await page.getByTestId('add-panel').click();
  await page.getByTestId(`add-panel-${kind}`).click();
}

async function importLayout(page: Page, file: string): Promise<void> {
  await page.getByTestId('layout-menu').click();
  await page.getByTestId('layout-import-file').setInputFiles(file);
}

/** The link's button of the stack that the panel is on top of. */
const linkButton = (page: Page, id: string): Locator =>
  page.getByTestId(`actions-${id}`).getByTestId('panel-link');

const linkOf = (page: Page, id: string) => linkButton(page, id).getAttribute('aria-label');

async function link(page: Page, id: string, to: string): Promise<void> {
  await linkButton(page, id).click();
  await page.getByTestId(`link-${to}`).click();
}

const lastClose = async (chart: Locator): Promise<number> =>
  Number(await chart.getByTestId('chart').getAttribute('data-last-close'));

async function focusTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: new RegExp(`^${name}( \\d+)?$`) }).focus();
}

async function drag(page: Page, from: Locator, to: { x: number; y: number }): Promise<void> {
  const box = await boxOf(from);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
}
