import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually, HubConnection } from '../support/hub-connection.ts';
import { wear } from './colours.ts';
import { useDemoShell } from './demo-shell.ts';
import { hasChromium, needsChromium, screenshotFolder } from './shells.ts';

const INSTRUMENT = 'demo:BTC/USDT';

describe.skipIf(!hasChromium)(`alerts on the screen${needsChromium}`, () => {
  const demo = useDemoShell();
  let page: Page;

  beforeAll(() => {
    page = demo.page;
  });

  const shoot = (name: string) =>
    page.screenshot({ path: join(screenshotFolder, `alerts-${name}.png`) });
  const tab = (key: string) => page.getByTestId(`tab-${key}`);
  const ruleRow = (name: string) => page.getByTestId('alert-rule').filter({ hasText: name });

  it('has five rules from the start, which cannot be deleted', async () => {
    await tab('alerts').click();
    await page.getByText('Nothing fires').waitFor();
    await shoot('empty');
    await tab('rules').click();
    await eventually(
      () => page.getByTestId('alert-rule').count(),
      (count) => count === 5,
    );
    expect(await page.getByTestId('rule-remove').first().isDisabled()).toBe(true);
  });

  it('by mouse: a rule is made, fires, is acknowledged and silenced', async () => {
    await page.getByTestId('new-rule').click();
    await page.getByTestId('rule-submit').click();
    await page.getByText('is needed').first().waitFor();
    await page.getByTestId('rule-name').fill('Any spread');
    await page.getByTestId('rule-kind').selectOption('spread');
    await page.getByTestId('rule-instrument').selectOption(INSTRUMENT);
    await page.getByTestId('rule-threshold').fill('0.0001');
    await page.getByTestId('rule-severity').selectOption('critical');
    await shoot('form');
    await page.getByTestId('rule-submit').click();
    await ruleRow('Any spread').waitFor();
    await shoot('rules');
    await tab('active').click();
    const alert = page.getByTestId('active-alert').filter({ hasText: 'Any spread' });
    await alert.waitFor();
    expect(await alert.innerText()).toContain('critical');
    await shoot('active');
    await alert.getByTestId('acknowledge').click();
    await eventually(
      () => alert.getByTestId('alert-state').innerText(),
      (state) => state === 'acknowledged',
    );
    await alert.getByTestId('silence').selectOption({ label: 'for an hour' });
    await eventually(
      () => alert.getByTestId('alert-state').innerText(),
      (state) => state === 'silenced',
    );
    await tab('silences').click();
    await page.getByTestId('silence-row').filter({ hasText: 'rule = Any spread' }).waitFor();
    await shoot('silences');
    await page.getByTestId('unsilence').click();
    await page.getByText('Nothing is silenced').waitFor();
  });

  it('counts a silence no longer that has come to its end by itself', async () => {
    const token = readFileSync(join(demo.directory.path, 'owner.token'), 'utf8').trim();
    const hub = await HubConnection.connect(demo.shell.url, token);
    const matchers = { severity: 'warning' } as const;
    await hub.request('alerts.silence', { matchers, durationMs: 6_000, comment: 'Short' });
    hub.close();
    await page.getByTestId('silence-row').filter({ hasText: 'Short' }).waitFor();
    expect(await tab('silences').innerText()).toMatch(/1$/);
    await page.getByText('Nothing is silenced').waitFor();
    expect(await tab('silences').innerText()).toMatch(/0$/);
  });

  it('by mouse: it is told in the notification centre, and following that leads here', async () => {
    await tab('notifications').click();
    const item = page.getByTestId('notification-item').filter({ hasText: 'Any spread' });
    await item.first().click();
    await page.getByTestId('alerts-panel').waitFor();
  });

  it('by keyboard: it is read in the notification centre', async () => {
    await tab('notifications').click();
    const item = page.getByTestId('notification-item').filter({ hasText: 'Any spread' }).first();
    await item.focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('alerts-panel').waitFor();
  });

  it('by keyboard: a rule is made, tried out, switched off and deleted', async () => {
    await tab('rules').focus();
    await page.getByTestId('new-rule').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('rule-name').focus();
    await page.keyboard.type('By keys');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe(
      'rule-threshold',
    );
    await page.keyboard.press('Control+A');
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    const row = ruleRow('By keys');
    await row.waitFor();
    await row.getByTestId('rule-test').focus();
    await page.keyboard.press('Enter');
    await row.getByTestId('rule-enabled').focus();
    await page.keyboard.press('Space');
    await eventually(
      () => row.getByTestId('rule-enabled').isChecked(),
      (isOn) => !isOn,
    );
    await row.getByTestId('rule-edit').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('rule-name').focus();
    await page.keyboard.press('End');
    await page.keyboard.type(' alone');
    await page.keyboard.press('Enter');
    const renamed = ruleRow('By keys alone');
    await renamed.waitFor();
    await tab('rules').focus();
    await page.keyboard.press('ArrowRight');
    const test = page.getByTestId('alert-row').filter({ hasText: 'By keys' });
    await test.waitFor();
    expect(await test.innerText()).toContain('test');
    await shoot('history');
    await page.keyboard.press('ArrowLeft');
    await renamed.getByTestId('rule-remove').focus();
    await page.keyboard.press('Enter');
    await renamed.waitFor({ state: 'detached' });
  });

  it('says how one is told and what was, and lets that be changed', async () => {
    await tab('delivery').click();
    const told = page.getByTestId('delivery-row').filter({ hasText: 'Any spread' });
    await told.first().waitFor();
    expect(await told.first().innerText()).toContain('Notification centre');
    await shoot('delivery');
    await page.getByTestId('policy-edit').click();
    await page.getByTestId('policy-intervalSeconds').fill('0');
    await page.getByText('is too small or too large').waitFor();
    expect(await page.getByTestId('policy-save').isDisabled()).toBe(true);
    await page.getByTestId('policy-intervalSeconds').fill('90');
    await page.getByTestId('policy-escalates').uncheck();
    await page.getByTestId('policy-group-instrument').check();
    await page.getByTestId('inhibition-remove').first().click();
    await page.getByTestId('inhibition-target').selectOption('priceMove');
    await page.getByTestId('inhibition-add').click();
    await shoot('policy');
    await page.getByTestId('policy-intervalSeconds').press('Enter');
    const words = page.getByTestId('policy-words');
    await eventually(
      () => words.innerText(),
      (text) => text.includes('rule, instrument') && text.includes('at most once in 90 s'),
    );
    expect(await words.innerText()).toContain('never told a second time');
    await page.getByTestId('policy-edit').click();
    await page.getByTestId('inhibition').filter({ hasText: 'Price moves' }).waitFor();
    expect(await page.getByTestId('inhibition').count()).toBe(2);
    await page.getByTestId('policy-reset').click();
    await page.getByTestId('policy-save').click();
    await eventually(
      () => words.innerText(),
      (text) => text.includes('at most once in 60 s') || text.includes('at most once in 1 min'),
    );
  });

  it('survives the end of the hub: what fires still fires, and is not told again', async () => {
    await tab('notifications').click();
    const told = () =>
      page.getByTestId('notification-item').filter({ hasText: 'Any spread' }).count();
    const before = await told();
    expect(before).toBeGreaterThan(0);
    await demo.shell.crashAndRestart();
    await tab('alerts').click();
    await tab('active').click();
    const alert = page.getByTestId('active-alert').filter({ hasText: 'Any spread' });
    await eventually(
      () => alert.getByTestId('alert-state').innerText(),
      (state) => state === 'acknowledged',
    );
    await tab('notifications').click();
    expect(await told()).toBe(before);
  });

  it('is legible in light, and large', async () => {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await wear(page, { theme: 'light', palette: 'tealRed' });
    await tab('alerts').click();
    await tab('rules').click();
    await ruleRow('Any spread').waitFor();
    await shoot('light-1920');
    await wear(page, { theme: 'dark', palette: 'tealRed' });
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('[T4] a replay opened with alerts has its own', async () => {
    await tab('replay').click();
    await page.getByTestId(`deck-instrument-${INSTRUMENT}`).waitFor();
    await page.getByTestId(`deck-instrument-${INSTRUMENT}`).setChecked(true);
    await tab('alerts').click();
    await page.getByTestId('new-rule').click();
    await page.getByTestId('rule-name').fill('Any move');
    await page.getByTestId('rule-kind').selectOption('priceMove');
    await page.getByTestId('rule-instrument').selectOption(INSTRUMENT);
    await page.getByTestId('rule-direction').selectOption('either');
    await page.getByTestId('rule-threshold').fill('0.0001');
    await page.getByTestId('rule-submit').click();
    await ruleRow('Any move').waitFor();
    await tab('replay').click();
    await page.getByTestId(`deck-instrument-${INSTRUMENT}`).setChecked(true);
    await page.getByTestId('deck-alerts-choice').selectOption('live');
    await page.getByTestId('deck-open').click();
    await page.getByTestId('deck-bar').waitFor();
    await page.keyboard.press('Space');
    await tab('alerts').click();
    await page
      .getByTestId('deck-alerts')
      .getByTestId('alert-row')
      .filter({ hasText: 'Any move' })
      .first()
      .waitFor();
    await shoot('deck');
  });

  it('says nothing that it should not', () => {
    expect(demo.shell.problems).toEqual([]);
  });
});
