import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCommand, useDemoShell } from './demo-shell.ts';
import { contrastFaults, seriousFaults } from './serious-faults.ts';
import { hasChromium, needsChromium } from './shells.ts';

const BLUE_ORANGE = ['dark', 'light', 'contrast'].map((theme) => ({
  ...{ theme, palette: 'blueOrange' },
}));

describe.skipIf(!hasChromium)(`accessibility${needsChromium}`, () => {
  const demo = useDemoShell();
  let page: Page;

  beforeAll(() => {
    page = demo.page;
  });

  /** As the settings would have it, without the way there. */
  const wear = (colours: Readonly<Record<string, string>>) =>
    page.evaluate((chosen) => {
      Object.assign(document.documentElement.dataset, chosen);
      // A colour that is on its way to another is neither.
      for (const animation of document.getAnimations()) animation.finish();
    }, colours);

  const run = (words: string) => runCommand(page, words);

  it.each(['dark', 'light', 'high contrast'])('has no serious fault: %s', async (theme) => {
    await run(`theme ${theme}`);
    expect(await seriousFaults(page)).toEqual([]);
  });

  it.each(BLUE_ORANGE)('can be read in blue and orange: $theme', async (colours) => {
    await wear(colours);
    expect(await contrastFaults(page)).toEqual([]);
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
    // The rest of the page has been looked at.
    const part = `[data-testid^="panel-${panel.replace(' ', '-')}"]`;
    await wear({ theme: 'contrast', palette: 'tealRed' });
    expect(await seriousFaults(page, part)).toEqual([]);
    for (const theme of ['light', 'dark']) {
      await wear({ theme });
      expect(await contrastFaults(page, part), theme).toEqual([]);
    }
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
