import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { runCommand, useDemoShell } from './demo-shell.ts';
import { hasChromium, needsChromium, screenshotFolder } from './shells.ts';

const STEP_MS = 15_000;

describe.skipIf(!hasChromium)(`commands, settings and health${needsChromium}`, () => {
  const demo = useDemoShell({ stepMs: STEP_MS });
  let page: Page;

  beforeAll(() => {
    page = demo.page;
  });

  const picture = (name: string) =>
    page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
  const run = (words: string) => runCommand(page, words);
  const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);

  it('does what is asked for by its name, by keyboard alone', async () => {
    await page.keyboard.press('Control+k');
    await page.getByTestId('command-palette').waitFor();
    await page.keyboard.type('high contrast');
    await picture('command-palette');
    await page.keyboard.press('Enter');
    expect(await theme()).toBe('contrast');
    await picture('theme-contrast');
    await run('theme dark');
    expect(await theme()).toBe('dark');
  });

  it('goes to an instrument, by mouse', async () => {
    await page.getByTestId('command-button').click();
    await page.keyboard.type('eth/usdt');
    await page.getByTestId('palette-demo:ETH/USDT').click();
    await page.getByTestId('tab-chart').getByText('ETH/USDT').waitFor();
  });

  it('is left by Escape, with nothing done, and gives the focus back', async () => {
    await page.getByTestId('command-button').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('command-palette').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('command-palette').waitFor({ state: 'detached' });
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    expect(await focused()).toBe('command-button');
  });

  it('finds settings by their words, checks what is typed, and keeps what is right', async () => {
    await page.keyboard.press('Control+,');
    const search = page.getByTestId('settings-search');
    await search.waitFor();
    await picture('settings');
    await search.fill('tape days');
    const row = page.getByTestId('setting-tapeMaxAgeDays');
    const field = row.getByRole('textbox');
    await field.fill('-3');
    await field.blur();
    expect(await row.getByRole('alert').innerText()).not.toBe('');
    await field.fill('30');
    await field.press('Enter');
    await page.reload();
    await page.getByTestId('settings-search').waitFor();
    expect(await row.getByRole('textbox').inputValue()).toBe('30');
    await page.getByTestId('setting-reset-tapeMaxAgeDays').click();
    await eventually(
      () => row.getByRole('textbox').inputValue(),
      (value) => value === '',
    );
  });

  it('[X3] limits what all bots do together, checks it as it is typed, and shows its use', async () => {
    await page.getByTestId('settings-search').fill('largest loss');
    expect(await page.locator('[data-testid^="setting-"]').count()).toBe(0);
    const field = page.getByTestId('risk-USDT-maxPositionValue');
    await field.fill('0');
    const limits = page.getByTestId('risk-USDT');
    expect(await limits.getByRole('alert').innerText()).toBe('More than 0');
    expect(await page.getByTestId('risk-USDT-keep').isDisabled()).toBe(true);
    await field.fill('2000000');
    await page.getByTestId('risk-USDT-keep').click();
    const use = page.getByTestId('risk-USDT-maxPositionValue-use');
    await eventually(
      () => use.innerText(),
      (text) => /^now [\d.]+, \d+ %$/.test(text),
    );
    await picture('settings-risk');
    await page.getByTestId('risk-USDT-clear').click();
    await eventually(
      () => field.inputValue(),
      (value) => value === '',
    );
    await page.getByTestId('settings-search').fill('');
  });

  it('gives a command other keys, and takes them from whoever had them', async () => {
    const row = page.getByTestId('shortcut-palette.open');
    await row.getByRole('button').first().click();
    await page.keyboard.press('Control+,');
    expect(await row.innerText()).toContain('Open the settings');
    await page.getByTestId('settings-search').press('Control+,');
    await page.getByTestId('command-palette').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Reset all', exact: true }).click();
    expect(await row.innerText()).toContain('Ctrl+K');
  });

  it('gives a key of the chart another one, and tells what else it means elsewhere', async () => {
    const row = page.getByTestId('shortcut-chart.key.trend');
    await row.getByRole('button').first().click();
    await page.keyboard.press('Control+s');
    expect(await row.innerText()).toContain('elsewhere “Save the layout”');
    await picture('settings-chart-keys');
    await page.getByTestId('chart-canvas').first().focus();
    await page.keyboard.press('Control+s');
    expect(await page.getByTestId('tool-trend').getAttribute('aria-pressed')).toBe('true');
    expect(await page.getByTestId('tool-trend').getAttribute('title')).toContain('Ctrl+S');
    await page.keyboard.press('Escape');
    expect(await page.getByTestId('tool-trend').getAttribute('aria-pressed')).toBe('false');
    await page.getByTestId('settings-search').press('Control+s');
    await page.getByTestId('layout-name-dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Reset all', exact: true }).click();
    expect(await row.innerText()).toContain('T');
  });

  it('takes settings to a file and from one, and says what is wrong with another', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId('settings-export').click(),
    ]);
    const file = join(demo.directory.path, 'settings.json');
    await download.saveAs(file);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"theme": "dark"', '"theme": "light"'));
    await page.getByTestId('settings-import').setInputFiles(file);
    await eventually(theme, (now) => now === 'light');
    await picture('settings-light');
    writeFileSync(file, text.replace('"theme": "dark"', '"theme": "pink"'));
    await page.getByTestId('settings-import').setInputFiles(file);
    await page.getByTestId('settings-problem').waitFor();
    expect(await theme()).toBe('light');
    expect(JSON.parse(text)).toMatchObject({ hub: { allowAnonymous: false, riskLimits: {} } });
  });

  it('has all as at the first start, and as it was before that by undo', async () => {
    await page.getByTestId('settings-reset-all').click();
    await eventually(theme, (now) => now !== 'light');
    await page.getByTestId('undo').click();
    await eventually(theme, (now) => now === 'light');
    await run('theme dark');
  });

  it('shows how the monitor does: figures, clients, channels and log', async () => {
    await run('show health');
    const health = page.getByTestId('health');
    await eventually(
      () => page.getByTestId('health-connections').innerText(),
      (count) => Number(count) >= 1,
    );
    await picture('health');
    await health.getByTestId('tab-clients').click();
    await page.getByTestId('client-row').first().waitFor();
    await page.getByTestId('clients-search').fill('nobody');
    await page.getByTestId('client-row').first().waitFor({ state: 'detached' });
    await health.getByTestId('tab-channels').click();
    await page.getByTestId('channels-search').fill('admin');
    await page.getByTestId('channel-admin').waitFor();
    await picture('health-channels');
    await health.getByTestId('tab-log').click();
    await page.getByTestId('log-search').fill('Tapedeck starts');
    await page.getByTestId('log-lines').getByText('Tapedeck starts').waitFor();
    await picture('health-log');
  });

  it('is gone through by keyboard, too', async () => {
    const health = page.getByTestId('health');
    await health.getByTestId('tab-log').focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByTestId('channels-search').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('price');
    await page.getByTestId('channel-price:public').waitFor();
  });

  it('speaks Korean at once, where it is asked to', async () => {
    await run('한국어');
    await eventually(
      () => page.evaluate(() => document.documentElement.lang),
      (language) => language === 'ko',
    );
    await picture('health-korean');
    await run('English');
  });

  it('did all of that without a complaint of the page', () => {
    expect(demo.shell.problems).toEqual([]);
  });
});
