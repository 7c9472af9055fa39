import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { askOfCommand, holdOddLot, runCommand, useDemoShell } from './demo-shell.ts';
import { hasChromium, needsChromium } from './shells.ts';

const STEP_MS = 15_000;

describe.skipIf(!hasChromium)(`the commands of panels, by keyboard alone${needsChromium}`, () => {
  const demo = useDemoShell({ stepMs: STEP_MS });
  let page: Page;

  beforeAll(() => {
    page = demo.page;
  });

  const run = (words: string) => runCommand(page, words);
  const ask = (words: string) => askOfCommand(page, words);
  /** Whether the command is there, and what it asks offers that. */
  const isAsked = async (words: string, selector: string) => {
    await ask(words);
    const isThere = (await page.locator(selector).count()) > 0;
    if ((await page.getByTestId('command-palette').count()) > 0)
      await page.keyboard.press('Escape');
    await page.getByTestId('command-palette').waitFor({ state: 'detached' });
    return isThere;
  };
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
  const view = () => page.getByTestId('order-book').getAttribute('data-view');

  it('hold the tape and let it go, wherever the keyboard is, and leave it there', async () => {
    const isHeld = () => page.getByTestId('tape').getAttribute('data-held');
    // One that is not drawn yet would be brought to the front.
    await page.getByTestId('tape').waitFor();
    await page.getByTestId('chart-canvas').first().focus();
    await page.keyboard.press('Alt+p');
    await eventually(isHeld, (held) => held === 'true');
    expect(await focused()).toBe('chart-canvas');
    await run('pause the tape');
    await eventually(isHeld, (held) => held === 'false');
  });

  it('show the book in another way, and in coarser steps', async () => {
    await run('order book: depth');
    await eventually(view, (one) => one === 'depth');
    await run('coarser');
    await eventually(view, (one) => one === 'ladder');
    await eventually(
      () => page.getByTestId('book-grouping').inputValue(),
      (grouping) => grouping === '2',
    );
  });

  it('open what is to be filled in, with the keyboard in it', async () => {
    await page.keyboard.press('Alt+r');
    await page.getByTestId('rule-form').waitFor();
    await eventually(focused, (id) => id === 'rule-name');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.keyboard.press('Alt+j');
    await eventually(focused, (id) => id === 'journal-text');
    await page.keyboard.type('Bought too early');
    await run('announce');
    await eventually(focused, (id) => id === 'announcement');
    await run('import a file to the tape');
    await eventually(focused, (id) => id === 'import-file');
    await run('new group');
    await eventually(focused, (id) => id === 'group-name');
    await page.keyboard.press('Escape');
  });

  it('ask the panel that is opened for it', async () => {
    await run('health: channels');
    await page.getByTestId('channels-search').waitFor();
    await page.keyboard.press('Control+Shift+F');
    await eventually(focused, (id) => id === 'channels-search');
    const download = page.waitForEvent('download');
    await run('export the settings');
    expect((await download).suggestedFilename()).toBe('tapedeck-settings.json');
    const chooser = page.waitForEvent('filechooser');
    await run('import settings');
    await chooser;
    await run('new backtest');
    await eventually(focused, (id) => id === 'backtest-name');
  });

  it('ask which order, among those that there are, and cancel it', async () => {
    await eventually(
      () => isAsked('cancel an order', '[data-testid^="palette-cancel-"]'),
      (isThere) => isThere,
    );
    await ask('cancel an order');
    const first = page.locator('[data-testid^="palette-cancel-"]').first();
    const id = (await first.getAttribute('data-testid')) ?? '';
    await page.keyboard.press('Enter');
    await page.getByTestId('command-palette').waitFor({ state: 'detached' });
    await eventually(
      () => isAsked('cancel an order', `[data-testid="${id}"]`),
      (isThere) => !isThere,
    );
  });

  it('close a position only when that is confirmed, for which one key is not enough', async () => {
    const position = '[data-testid^="palette-close-"]';
    await holdOddLot(demo);
    await eventually(
      () => isAsked('close a position', position),
      (isThere) => isThere,
    );
    await run('demo grid');
    await run('demo grid: log');
    await page.getByTestId('bot-log-search').waitFor();
    await run('stop demo grid');
    const close = async (...keys: readonly string[]) => {
      await ask('close a position');
      await page.locator(position).first().waitFor();
      await page.keyboard.press('Enter');
      await page.getByTestId('palette-confirm').waitFor();
      for (const key of keys) await page.keyboard.press(key);
      await page.getByTestId('command-palette').waitFor({ state: 'detached' });
    };
    await close('Enter');
    expect(await isAsked('close a position', position)).toBe(true);
    await close('Escape');
    expect(await isAsked('close a position', position)).toBe(true);
    await close('ArrowDown', 'Enter');
    await eventually(
      () => isAsked('close a position', position),
      (isThere) => !isThere,
    );
  });

  it('go back from a question to all that there is, and copy the bot that is selected', async () => {
    await ask('test an alert rule');
    await page.getByRole('listbox', { name: 'Which rule is to be tested?' }).waitFor();
    await page.keyboard.press('Backspace');
    await page.keyboard.type('clone demo grid');
    await page.keyboard.press('Enter');
    await page.getByTestId('command-palette').waitFor({ state: 'detached' });
    await eventually(
      () => page.locator('[data-testid^="bot-row-"]').count(),
      (count) => count === 2,
    );
  });

  it('have keys of their own: no two commands begin with the same', async () => {
    await page.keyboard.press('Control+,');
    await page.getByTestId('settings-shortcuts').waitFor();
    const rows = await page
      .locator('[data-testid^="shortcut-"]:not([data-testid^="shortcut-chart.key."])')
      .evaluateAll((all) => all.map((row) => row.querySelector('button')?.textContent ?? ''));
    const keys = rows.filter((text) => text !== 'none');
    expect(keys.length).toBeGreaterThan(30);
    expect(keys.filter((one, at) => keys.indexOf(one) !== at)).toEqual([]);
  });

  it('did all of that without a complaint of the page', () => {
    expect(demo.shell.problems).toEqual([]);
  });
});
