import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCommand, useDemoShell } from './demo-shell.ts';
import { hasChromium, needsChromium } from './shells.ts';

/** What axe calls serious or critical, with the first places of each. */
async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (Reflect.get(window, 'axe') as typeof axe).run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 4)
          .map(({ html }) => html)
          .join('\n')}`,
    );
}

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
    'alerts',
    'replay',
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
