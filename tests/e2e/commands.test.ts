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

  it('does what is asked for by its name, by keyboard alone, also where one types at once', async () => {
    const typed = Promise.withResolvers<void>();
    await page.route('**/command-palette-*.js', async (route) => {
      await typed.promise;
      await route.continue();
    });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('high ');
    typed.resolve();
    await page.getByTestId('command-palette').waitFor();
    await page.keyboard.type('contrast');
    await picture('command-palette');
    await page.keyboard.press('Enter');
    expect(await theme()).toBe('contrast');
    await picture('theme-contrast');
    await run('theme dark');
    expect(await theme()).toBe('dark');
  });

  it('opens again by a key that follows upon a choice at once', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('theme dark');
    const palette = page.getByTestId('command-palette');
    await palette.getByRole('option').first().waitFor();
    await page.evaluate(async () => {
      const press = (key: string, ctrlKey = false) => {
        const { activeElement } = document;
        const bubbling = { bubbles: true, cancelable: true };
        activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, ...bubbling }));
      };
      press('Enter');
      press('k', true);
      // The end of the first one is told of in a task of its own.
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    expect(await palette.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
  });

  it('shows the price in the top bar whole, or not at all where there is no room', async () => {
    const size = page.viewportSize() ?? { width: 1_280, height: 800 };
    for (const width of [1_280, 900, 700]) {
      await page.setViewportSize({ ...size, width });
      const price = await page.getByTestId('selected-price').boundingBox();
      const bar = await page.getByRole('banner').boundingBox();
      const menu = await page.getByTestId('layout-menu').boundingBox();
      if (price === null || bar === null || menu === null) throw new Error('they are there');
      const isInBar = price.y < bar.y + bar.height;
      if (width === size.width) expect(isInBar).toBe(true);
      if (isInBar) expect(price.x + price.width, `${width}`).toBeLessThanOrEqual(menu.x);
    }
    await page.setViewportSize(size);
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
    // What differs from its default is what the hub has answered.
    const reset = page.getByTestId('setting-reset-tapeMaxAgeDays');
    await eventually(() => reset.isEnabled(), Boolean);
    await page.reload();
    await eventually(
      () => row.getByRole('textbox').inputValue(),
      (value) => value === '30',
    );
    await reset.click();
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
      (text) => /^now [\d,]+\.\d\d, \d+%$/.test(text),
    );
    await picture('settings-risk');
    await page.getByTestId('risk-USDT-clear').click();
    await eventually(
      () => field.inputValue(),
      (value) => value === '',
    );
  });

  it('leads from the search to what is set elsewhere', async () => {
    await page.getByTestId('settings-search').fill('webhook');
    await page.getByTestId('elsewhere-open-alertDelivery').waitFor();
    const found = page.locator('[data-testid^="setting-"], [data-testid^="shortcut-"]');
    expect(await found.count()).toBe(0);
    await page.getByTestId('settings-search').fill('');
  });

  it('changes what the hub allows, for its next start, and back to the default', async () => {
    await page.getByTestId('settings-search').fill('connections in all');
    const row = page.getByTestId('limit-connections');
    await row.getByRole('textbox').fill('0');
    await row.getByRole('alert').waitFor();
    await row.getByRole('textbox').fill('20');
    await row.getByRole('textbox').press('Enter');
    await row.getByText('until then 10,000').waitFor();
    const kept = () => readFileSync(join(demo.directory.path, 'hub-limits.json'), 'utf8');
    expect(JSON.parse(kept())).toEqual({ connections: 20 });
    await page.getByTestId('limit-reset-connections').click();
    await row.getByText('until then 10,000').waitFor({ state: 'detached' });
    expect(JSON.parse(kept())).toEqual({});
  });

  it('keeps a rate of the hub when all of its numbers are left', async () => {
    await page.getByTestId('settings-search').fill('desk:send');
    const numbers = page.getByTestId('limit-desk:send').getByRole('textbox');
    await numbers.nth(0).fill('12');
    await numbers.nth(2).fill('5');
    await numbers.nth(3).fill('30');
    await page.getByTestId('settings-search').focus();
    await page.getByText('until then 10 in 60 s').waitFor();
    const kept = readFileSync(join(demo.directory.path, 'hub-limits.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual({
      eventRates: {
        'desk:send': { count: 12, periodMs: 60_000, burst: { count: 5, periodMs: 30_000 } },
      },
    });
    await picture('settings-limits');
    await page.getByTestId('limit-reset-desk:send').click();
  });

  it('finds shortcuts by their keys, and says so where nothing is found', async () => {
    await page.getByTestId('settings-search').fill('ctrl+k');
    await page.getByTestId('shortcut-palette.open').waitFor();
    expect(await page.getByTestId('settings-nothing').isVisible()).toBe(false);
    await page.getByTestId('settings-search').fill('no such thing');
    await page.getByTestId('settings-nothing').getByRole('button').click();
    await page.getByTestId('setting-theme').waitFor();
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
    await page.getByTestId('undo').click();
    await eventually(theme, (now) => now === 'dark');
    await page.getByTestId('settings-import').setInputFiles(file);
    await eventually(theme, (now) => now === 'light');
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
    const lines = await page.getByTestId('health-latency').evaluate((figure) => {
      const text = document.createRange();
      text.selectNodeContents(figure);
      return text.getClientRects().length;
    });
    expect(lines).toBe(1);
    await picture('health');
    await health.getByTestId('tab-clients').click();
    await page.getByTestId('client-row').first().waitFor();
    await health.getByTestId('sort-sent').click();
    await eventually(
      () => health.locator('th[aria-sort]').allInnerTexts(),
      ([heading = '', ...others]) => heading.endsWith('▾') && others.length === 0,
    );
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
