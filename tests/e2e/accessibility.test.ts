import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCommand, useDemoShell } from './demo-shell.ts';
import { seriousFaults } from './serious-faults.ts';
import { hasChromium, needsChromium } from './shells.ts';

describe.skipIf(!hasChromium)(`accessibility${needsChromium}`, () => {
  const demo = useDemoShell();
  let page: Page;

  beforeAll(() => {
    page = demo.page;
  });

  const run = (words: string) => runCommand(page, words);

  it.each(['dark', 'light', 'high contrast'])('has no serious fault: %s', async (theme) => {
    await run(`theme ${theme}`);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it.each([
    'bots',
    'positions',
    'orders',
    'alerts',
    'replay',
    'backtest',
    'tape files',
    'notifications',
    'health',
    'settings',
    'journal',
  ])('has no serious fault in the panel: %s', async (panel) => {
    await run(`show ${panel}`);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('has no serious fault in the form of a bot, nor in the palette', async () => {
    await run('show bots');
    await page.getByTestId('new-bot').click();
    await page.getByTestId('bot-form-more').locator('summary').click();
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Control+k');
    await page.getByTestId('command-palette').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
  });
});
