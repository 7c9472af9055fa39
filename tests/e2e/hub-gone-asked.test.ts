import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { runCommand, useDemoShell } from './demo-shell.ts';
import { hasChromium, needsChromium, screenshotFolder } from './shells.ts';

const STEP_MS = 15_000;
const NOTHING_SENT = 'No connection to the hub: nothing was sent. Try again when it is back.';

/** Opacity of what is drawn here, with all that it stands in. */
const visibilityOf = (page: Page, text: string) =>
  page
    .getByText(text)
    .first()
    .evaluate((element) => {
      let visibility = 1;
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        visibility *= Number(getComputedStyle(at).opacity);
      }
      return visibility;
    });

describe.skipIf(!hasChromium)(`what is asked of a hub that is gone${needsChromium}`, () => {
  const demo = useDemoShell({ stepMs: STEP_MS });

  it('[X3] of the kill switch is said to be not done, by its key and by its button', async () => {
    const { page, shell } = demo;
    const notice = page.getByTestId('notice').filter({ hasText: NOTHING_SENT });
    await shell.crashAndRestart(async () => {
      await page.keyboard.press('Control+Shift+K');
      await notice.waitFor();
      await notice.getByRole('button').click();
      await page.getByTestId('kill').click();
      await notice.waitFor();
      await page.screenshot({ path: join(screenshotFolder, 'hub-gone-kill.png') });
    });
    await page.getByTestId('connection-banner').waitFor({ state: 'detached' });
    expect(await page.getByTestId('kill').isEnabled()).toBe(true);
    expect(await page.getByTestId('kill-release').count()).toBe(0);
  });

  it('of a form is said in it, can be read in a panel that is not live, and is done once after its return', async () => {
    const { page, shell } = demo;
    await page.getByTestId('tab-alerts').click();
    await page.getByTestId('new-rule').click();
    await page.getByTestId('rule-name').fill('Once only');
    await page.getByTestId('rule-threshold').fill('61000');
    await shell.crashAndRestart(async () => {
      await page.getByTestId('rule-submit').click();
      await page.getByTestId('rule-form').getByText(NOTHING_SENT).waitFor();
      expect(await visibilityOf(page, NOTHING_SENT)).toBe(1);
      await page.screenshot({ path: join(screenshotFolder, 'hub-gone-form.png') });
    });
    await page.getByTestId('connection-banner').waitFor({ state: 'detached' });
    expect(await page.getByTestId('rule-name').inputValue()).toBe('Once only');
    await page.getByTestId('rule-submit').click();
    const rules = page.getByTestId('alert-rule').filter({ hasText: 'Once only' });
    await rules.waitFor();
    expect(await rules.count()).toBe(1);
  });

  it('of an order says by its button why it cannot be sent', async () => {
    const { page, shell } = demo;
    await runCommand(page, 'new order');
    await page.getByTestId('order-form').waitFor();
    await shell.crashAndRestart(async () => {
      const reason = page.getByTestId('order-form').getByText('No connection to the hub');
      await reason.waitFor();
      expect(await visibilityOf(page, 'The order can be sent when it is back')).toBe(1);
      await page.screenshot({ path: join(screenshotFolder, 'hub-gone-order.png') });
    });
    await page.getByTestId('connection-banner').waitFor({ state: 'detached' });
    await page.getByTestId('order-form').getByText('No connection').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
  });

  it('of a setting of the hub stands as refused until it is kept, also after its return', async () => {
    const { page, shell } = demo;
    await runCommand(page, 'settings');
    const days = page.getByTestId('setting-tapeMaxAgeDays').locator('input');
    await eventually(
      () => days.isEnabled(),
      (is) => is,
    );
    const problem = page.getByTestId('settings').getByText(NOTHING_SENT);
    await shell.crashAndRestart(async () => {
      await days.fill('5');
      await days.press('Enter');
      await problem.waitFor();
    });
    await page.getByTestId('connection-banner').waitFor({ state: 'detached' });
    await page.getByTestId('feeds-state').filter({ hasText: 'live' }).waitFor();
    expect(await days.inputValue()).toBe('5');
    expect(await problem.count()).toBe(1);
    await days.press('Enter');
    await problem.waitFor({ state: 'detached' });
  });

  it('of a file of settings is told apart: what was taken here, and that the hub was not there', async () => {
    const { page, shell } = demo;
    const downloading = page.waitForEvent('download');
    await page.getByTestId('settings-export').click();
    const file = await (await downloading).path();
    const notice = page.getByTestId('notice');
    await shell.crashAndRestart(async () => {
      await page.getByTestId('settings-import').setInputFiles(file);
      await notice.filter({ hasText: 'Not all of' }).waitFor();
      expect(await notice.innerText()).toContain(NOTHING_SENT);
    });
    await page.getByTestId('connection-banner').waitFor({ state: 'detached' });
  });
});
