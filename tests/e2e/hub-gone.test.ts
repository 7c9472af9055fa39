import { join } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { useDemoShell } from './demo-shell.ts';
import { firstCandle, hasChromium, needsChromium, screenshotFolder } from './shells.ts';

const STEP_MS = 15_000;
/** Of parts that are not in the first layout. */
const PANEL_CODE = '**/assets/journal-panel-*.js';
const PALETTE_CODE = '**/assets/command-palette-*.js';

const refuse = (route: Route) => route.abort('connectionrefused');
const isFetched = (page: Page, name: string) =>
  page.evaluate(
    (part) =>
      performance
        .getEntriesByType('resource')
        .some((entry) => entry.name.includes(`/assets/${part}-`) && entry.name.endsWith('.js')),
    name,
  );

async function openPanel(page: Page, kind: string): Promise<void> {
  await page.getByTestId('add-panel').click();
  await page.getByTestId(`add-panel-${kind}`).click();
}

describe.skipIf(!hasChromium)(`a page whose hub is gone${needsChromium}`, () => {
  const demo = useDemoShell({ stepMs: STEP_MS });

  /** A page that cannot have this code. */
  const openWithout = async (code: string): Promise<Page> => {
    const page = await demo.page.context().newPage();
    await page.route(code, refuse);
    await page.goto(demo.shell.url);
    return page;
  };

  it('opens what was never opened before: its code came while nothing else was to be done', async () => {
    const { page, shell } = demo;
    for (const part of ['command-palette', 'settings-panel', 'order-dialog', 'compare-dialog']) {
      await eventually(
        () => isFetched(page, part),
        (is) => is,
      );
    }
    await shell.crashAndRestart(async () => {
      await page.keyboard.press('Control+k');
      await page.getByTestId('command-palette').waitFor();
      await page.keyboard.press('Escape');
      await openPanel(page, 'settings');
      await page.getByTestId('settings').waitFor();
    });
    expect(shell.problems).toEqual([]);
  });

  it('waits with a panel whose code it does not have yet, until the hub is back', async () => {
    const { shell } = demo;
    const page = await demo.page.context().newPage();
    await page.addInitScript(() => {
      // A page that never has time for what is not on the screen.
      window.requestIdleCallback = () => 0;
    });
    await page.goto(shell.url);
    await firstCandle(page);
    await shell.crashAndRestart(async () => {
      await page.getByTestId('connection-banner').waitFor();
      await openPanel(page, 'journal');
      await page.screenshot({ path: join(screenshotFolder, 'hub-gone-awaited.png') });
      await page.getByText('This panel comes when it is back').waitFor();
    });
    await page.getByTestId('journal').waitFor();
    await page.close();
  });

  it('says so in place of a panel whose code it cannot have, and all else stays', async () => {
    const page = await openWithout(PANEL_CODE);
    await openPanel(page, 'journal');
    await page.getByText('Journal could not be fetched from the hub').waitFor();
    await page.screenshot({ path: join(screenshotFolder, 'hub-gone-panel.png') });
    await page.unroute(PANEL_CODE);
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await page.getByTestId('journal').waitFor();
    await page.close();
  });

  it('closes what was opened and whose code it cannot have, says why, and all else stays', async () => {
    const page = await openWithout(PALETTE_CODE);
    await page.getByTestId('add-panel').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByTestId('notice').filter({ hasText: 'could not be fetched' }).waitFor();
    await page.screenshot({ path: join(screenshotFolder, 'hub-gone-palette.png') });
    await openPanel(page, 'settings');
    await page.getByTestId('settings').waitFor();
    await page.close();
  });
});
