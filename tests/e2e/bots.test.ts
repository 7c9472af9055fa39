import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually, HubConnection } from '../support/hub-connection.ts';
import { ChartOnScreen } from './chart-panel.ts';
import { holdOddLot, runCommand, useDemoShell } from './demo-shell.ts';
import { hasChromium, needsChromium, screenshotFolder } from './shells.ts';

const STEP_MS = 40_000;

/** Further back than bars of a second are loaded at first. */
const LONG_AGO_MS = 20 * 60_000;

describe.skipIf(!hasChromium)(`bots on the screen${needsChromium}`, () => {
  const demo = useDemoShell({ stepMs: STEP_MS });
  let page: Page;
  /** The demo's own grid, which fills within half a minute. */
  let demoBot: string;

  beforeAll(async () => {
    page = demo.page;
    const row = page.locator('[data-testid^="bot-row-"]').first();
    await row.waitFor();
    demoBot = ((await row.getAttribute('data-testid')) ?? '').slice('bot-row-'.length);
  });

  const picture = (name: string) =>
    page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
  const row = (botId = demoBot) => page.getByTestId(`bot-row-${botId}`);
  const says = (text: string, botId = demoBot) =>
    eventually(
      () => row(botId).innerText(),
      (shown) => shown.includes(text),
    );

  it('tells of a fill why it came to be', async () => {
    await row().click();
    const ask = page.locator('[data-testid^="fill-why-"]').first();
    await ask.waitFor({ timeout: 60_000 });
    await ask.click();
    const why = page.getByTestId('fill-why');
    await why.waitFor();
    const told = await why.innerText();
    expect(told).toMatch(/level/i);
    expect(told).toContain('On disk');
    const [, cause, execution] = await why.locator('dd').allInnerTexts();
    expect(`${cause} ${execution}`, 'prices as everywhere').not.toMatch(/\d{4,}[.]\d/);
    await picture('bot-why');
  });

  it('keeps a note on a fill, marks the fill that has one, and goes to it on the chart', async () => {
    const ask = page.locator('[data-testid^="fill-note-"]').first();
    // Fills come meanwhile, above it.
    const noted = page.getByTestId((await ask.getAttribute('data-testid')) ?? '');
    await noted.click();
    const notes = page.getByTestId('fill-notes');
    await notes.getByTestId('journal-text').fill('Too early: 너무 일찍');
    await notes.getByRole('checkbox').uncheck();
    await notes.getByTestId('journal-write').click();
    await notes.getByTestId('journal-note').getByText('Too early').waitFor();
    await eventually(
      () => noted.innerText(),
      (text) => text.includes('✓'),
    );
    await picture('fill-notes');
    await noted.press('Enter');
    await notes.waitFor({ state: 'detached' });
    const fill = page.getByTestId('fill-row').filter({ has: noted });
    await fill.locator('[data-testid^="fill-show-"]').click();
    await eventually(
      () => fill.getAttribute('aria-current'),
      (current) => current === 'true',
    );
  });

  it('pauses and goes on, by keyboard', async () => {
    await page.getByTestId(`bot-pause-${demoBot}`).focus();
    await page.keyboard.press('Enter');
    await says('paused');
    await page.getByTestId(`bot-start-${demoBot}`).focus();
    await page.keyboard.press('Enter');
    await says('running');
  });

  it('takes limits and hours with a new bot, and says what is wrong with them', async () => {
    await page.getByTestId('new-bot').click();
    await page.getByTestId('bot-field-name').fill('Careful');
    await page.getByTestId('bot-form-more').locator('summary').click();
    await page.getByTestId('bot-field-maxDailyLoss').fill('-5');
    await page.getByTestId('bot-form-submit').click();
    await page.getByText('More than 0').waitFor();
    await page.getByTestId('bot-field-maxDailyLoss').fill('50');
    await page.getByTestId('bot-field-maxOpenOrders').fill('4');
    await page.getByTestId('bot-field-isScheduled').check();
    await picture('bot-form');
    await page.getByTestId('bot-field-isScheduled').uncheck();
    await page.getByTestId('bot-form-submit').click();
    await page.getByTestId('bot-detail').getByText('Careful').waitFor();
  });

  it('says which strategy file cannot be used, and why, until it is put right', async () => {
    const file = join(demo.directory.path, 'strategies', 'mine.js');
    await page.getByTestId('new-bot').click();
    writeFileSync(file, 'export default {\n  name: ;\n};');
    const problem = page.getByTestId('strategy-problem-mine.js');
    await problem.waitFor();
    expect(await problem.innerText()).toMatch(/mine\.js\s+SyntaxError: .* \(mine\.js:2\)/);
    await picture('strategy-problem');
    writeFileSync(file, "export default { name: 'Mine', description: 'Does nothing.' };");
    await problem.waitFor({ state: 'detached' });
    await page.getByTestId('bot-field-strategy').selectOption('user:mine');
    await page.getByTestId('bot-form-cancel').click();
  });

  const heading = (column: string) =>
    page.locator('th', { has: page.getByTestId(`sort-${column}`) }).first();
  const names = async () =>
    (await page.locator('[data-testid^="bot-row-"] td:first-child').allInnerTexts()).join(', ');

  it('sorts and filters the bots by mouse, and says what all add up to', async () => {
    await page.getByTestId('sort-name').click();
    expect(await heading('name').getAttribute('aria-sort')).toBe('ascending');
    expect(await names()).toBe('Careful, Demo grid');
    await page.getByTestId('sort-name').click();
    expect(await names()).toBe('Demo grid, Careful');
    await page.getByTestId('bots-search').fill('careful');
    await eventually(names, (shown) => shown === 'Careful');
    expect(await page.getByTestId('bots-left-out').innerText()).toContain('1 of 2');
    await page.getByTestId('bots-show-all').click();
    await page.getByTestId('bots-state').selectOption('error');
    await page.getByText('No bot fits.').waitFor();
    await page.getByTestId('bots-show-all').click();
    await eventually(names, (shown) => shown === 'Demo grid, Careful');
    await eventually(
      () => page.getByTestId('totals-USDT').first().innerText(),
      (text) => /20,0\d\d\.\d\d|19,9\d\d\.\d\d/.test(text),
    );
    await picture('bots-sorted');
  });

  it('does that by keyboard, too', async () => {
    await page.getByTestId('sort-equity').focus();
    await page.keyboard.press('Enter');
    expect(await heading('equity').getAttribute('aria-sort')).toBe('descending');
    await page.keyboard.press('Enter');
    expect(await heading('equity').getAttribute('aria-sort')).toBe('ascending');
    await page.keyboard.press('Enter');
    expect(await heading('equity').getAttribute('aria-sort')).toBeNull();
    expect(await names()).toBe('Demo grid, Careful');
    await page.getByTestId('bots-search').focus();
    await page.keyboard.type('no such bot');
    await page.getByText('No bot fits.').waitFor();
    await page.getByTestId('bots-show-all').focus();
    await page.keyboard.press('Enter');
    await eventually(names, (shown) => shown === 'Demo grid, Careful');
  });

  it('changes of a running bot what its strategy takes meanwhile, and nothing else', async () => {
    await page.getByTestId('bot-detail').locator('[data-testid^="bot-edit-"]').click();
    expect(await page.getByTestId('bot-field-levels').isDisabled()).toBe(true);
    await page.getByTestId('bot-field-quantity').fill('0.02');
    await picture('bot-edit-running');
    await page.getByTestId('bot-form-submit').click();
    await page.getByTestId('bot-detail').getByTestId('tab-logs').click();
    const change = page.getByText('quantity from 0.01 to 0.02, which takes effect');
    await change.waitFor();
    await page.getByTestId('bot-log-level').selectOption('error');
    await page.getByText('No line fits.').waitFor();
    await page.getByTestId('bot-log-show-all').click();
    await page.getByTestId('bot-log-search').fill('takes EFFECT');
    await eventually(
      () => page.getByTestId('bot-log-lines').locator('li').count(),
      (count) => count === 1,
    );
    await change.waitFor();
  });

  it('shows the equity of a bot', async () => {
    await page.getByTestId('bot-detail').getByTestId('tab-equity').click();
    await picture('bot-equity');
  });

  it('[X3] stops all with one click, says so, and starts none until it is released', async () => {
    await page.getByTestId('kill').click();
    await page.getByTestId('kill-release').waitFor();
    await says('stopped');
    await picture('kill-switch');
    // It never pushes the panels out of sight.
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
      true,
    );
    const book = await page.getByTestId('order-book').boundingBox();
    expect((book?.x ?? 0) + (book?.width ?? 0)).toBeLessThanOrEqual(1_280);
    await row().click();
    await page.getByTestId(`bot-start-${demoBot}`).click();
    await page.getByTestId('bot-detail').getByRole('alert').waitFor();
    await page.getByTestId('kill-release').click();
    await page.getByTestId('kill').waitFor();
    await page.getByTestId(`bot-start-${demoBot}`).click();
    await says('running');
  });

  it('[X3] has a hotkey for that, wherever the keyboard is', async () => {
    await page.getByTestId('watchlist-row-demo:BTC/USDT').click();
    await page.keyboard.press('Control+Shift+K');
    await page.getByTestId('kill-release').waitFor();
    await says('stopped');
    await page.getByTestId('kill-release').click();
    await page.getByTestId('kill').waitFor();
  });

  it('closes a position from its table, when asked twice', async () => {
    await page.getByTestId(`bot-start-${demoBot}`).click();
    await says('running');
    await holdOddLot(demo);
    await page.getByTestId('tab-positions').click();
    const close = page.getByTestId(`position-close-${demoBot}`);
    await close.click();
    const keep = page.getByTestId(`position-row-${demoBot}`).getByRole('button', { name: 'Keep' });
    const edge = await page.getByTestId('positions-table').evaluate((table) => {
      return (table.parentElement ?? table).getBoundingClientRect().right;
    });
    const { x = 0, width = 0 } = (await keep.boundingBox()) ?? {};
    expect(x + width).toBeLessThanOrEqual(edge);
    await page.getByTestId(`position-close-${demoBot}-confirm`).click();
    await eventually(
      () => page.getByTestId(`position-close-${demoBot}-confirm`).count(),
      (count) => count === 0,
    );
    await picture('positions');
  });

  it('closes one by keyboard as well', async () => {
    await holdOddLot(demo);
    const close = page.getByTestId(`position-close-${demoBot}`);
    await close.focus();
    await page.keyboard.press('Enter');
    await page.getByTestId(`position-close-${demoBot}-confirm`).waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId(`position-close-${demoBot}-confirm`).waitFor({ state: 'detached' });
    // Closed, it has no row, until the grid holds something again.
    expect((await close.allInnerTexts()).join()).not.toContain('failed');
  });

  it('cancels an order by mouse, when asked twice', async () => {
    await page.getByTestId('tab-orders').click();
    const cancel = page.locator('[data-testid^="order-cancel-"]').last();
    await cancel.waitFor();
    const [rowEnd, tableEnd] = await page
      .getByTestId('orders-table')
      .evaluate((table) =>
        [table.querySelector('thead th:last-child'), table].map(
          (element) => element?.getBoundingClientRect().right ?? 0,
        ),
      );
    expect(rowEnd, 'no room for columns that are left out').toBeCloseTo(tableEnd ?? Number.NaN, 0);
    const testId = (await cancel.getAttribute('data-testid')) ?? '';
    await cancel.click();
    await page.getByTestId(`${testId}-confirm`).click();
    // While that is asked for, the button stands for the other one.
    await page.getByTestId(`${testId}-confirm`).waitFor({ state: 'detached' });
    await page.getByTestId(testId).waitFor({ state: 'detached' });
  });

  it('cancels an order by keyboard, when asked twice', async () => {
    await page.getByTestId('tab-orders').click();
    const cancel = page.locator('[data-testid^="order-cancel-"]').last();
    await cancel.waitFor();
    const testId = (await cancel.getAttribute('data-testid')) ?? '';
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    await cancel.focus();
    await page.keyboard.press('Enter');
    expect(await focused()).toBe(`${testId}-confirm`);
    await page.keyboard.press('Escape');
    expect(await focused()).toBe(testId);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByTestId(`${testId}-confirm`).waitFor({ state: 'detached' });
    await page.getByTestId(testId).waitFor({ state: 'detached' });
    // In the row that took its place one goes on.
    await eventually(focused, (one) => one?.startsWith('order-cancel-') === true);
    await page.getByTestId('orders-kind').selectOption('all');
    await picture('orders');
    // It is among the oldest: as many newer ones as the bot has had time for stand above it.
    await page.getByTestId('orders-search').fill('canceled');
    await page.getByTestId('orders-table').getByText('canceled').first().waitFor();
    await page.getByTestId('orders-search').fill('');
  });

  it('places two orders of which one ends the other, by keyboard: both or none', async () => {
    const hub = await HubConnection.ofOwner(demo.shell.url, demo.directory.path);
    const pair = async () => {
      const { items } = await hub.request('orders.list', { botId: demoBot, openOnly: true });
      return items.filter(({ ocoGroup }) => ocoGroup !== null);
    };
    const { config } = await hub.request('bots.get', { botId: demoBot });
    const { candles } = await hub.request('candles.get', {
      ...{ instrumentId: config.instrumentId, interval: '1m', limit: 1 },
    });
    const price = Math.round(candles[0]?.close ?? Number.NaN);
    await page.getByTestId('tab-orders').click();
    await page.getByTestId('new-order').click();
    await page.getByTestId('order-bot').selectOption(demoBot);
    await page.getByTestId('order-type').selectOption('breakout');
    expect(await page.getByTestId('order-side').count()).toBe(0);
    const type = async (figure: string, text: string) => {
      await page.getByTestId(`order-${figure}`).focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.type(text);
    };
    const alert = page.getByTestId('order-form').getByRole('alert');
    // A key means nothing while the hub is asked, or is away for a moment.
    const submit = async () => {
      const button = page.getByTestId('order-submit');
      await eventually(
        () => button.isEnabled(),
        (isEnabled) => isEnabled,
      );
      await page.keyboard.press('Enter');
    };
    const saysOnceTried = async (sentence: string) => {
      await submit();
      await alert.filter({ hasText: sentence }).first().waitFor();
    };
    await type('quantity', '0.001');
    await type('abovePrice', String(price * 2));
    await type('belowPrice', String(price * 3));
    await saysOnceTried('Must be below the other price');
    await type('belowPrice', String(Math.round(price * 1.5)));
    await saysOnceTried('it would act at once');
    expect(await pair()).toEqual([]);
    await type('belowPrice', String(Math.round(price / 2)));
    await picture('order-pair');
    await submit();
    // What stands there if it does not close is why.
    const form = async () => (await page.getByTestId('order-dialog').allInnerTexts()).join();
    await eventually(form, (text) => text === '');
    const placed = await pair();
    expect(placed.map(({ type: of, side }) => `${of} ${side}`).sort()).toEqual([
      'stop buy',
      'stop sell',
    ]);
    expect(placed[0]?.ocoGroup).toBe(placed[1]?.ocoGroup);
    await page.getByTestId('undo').focus();
    await page.keyboard.press('Enter');
    await eventually(pair, (left) => left.length === 0);
    await page.getByTestId('new-order').click();
    await page.getByTestId('order-bot').selectOption(demoBot);
    await page.getByTestId('order-type').selectOption('oco');
    // Of a position it is its exit: which side that is its grid has decided, and may decide anew.
    await page.getByTestId('order-form').getByLabel('Reduce only').uncheck();
    const isSale = (await page.getByTestId('order-side').inputValue()) === 'sell';
    const [far, near] = [price * 2, Math.round(price / 2)].map(String) as [string, string];
    await type('quantity', '0.001');
    await type('limitPrice', isSale ? far : near);
    await type('triggerPrice', isSale ? near : far);
    await picture('order-oco');
    await page.keyboard.press('Enter');
    await page.getByTestId('order-dialog').waitFor({ state: 'detached' });
    expect((await pair()).map(({ type: of }) => of).sort()).toEqual(['limit', 'stop']);
    await page.getByTestId('undo').click();
    await eventually(pair, (left) => left.length === 0);
    hub.close();
  });

  it('[X4] shows a bot that runs elsewhere with all its fills by the page, and finds old lines of its log', async () => {
    const hub = await HubConnection.ofOwner(demo.shell.url, demo.directory.path);
    const [instrumentId, time] = ['kraken:SOL/USD', 1_760_000_000_000];
    const report = (id: string, kind: string, data: object) =>
      hub.call('bot:publish', { botId: 'far-1', id, kind, data });
    await report('s', 'status', { state: 'running', name: 'Far away', instrumentId });
    await report('l', 'log', { level: 'warn', message: 'spread is wide', time });
    await Promise.all(
      Array.from({ length: 250 }, (_, n) =>
        report(`f${n}`, 'trade', {
          ...{ id: `f${n}`, orderId: 'o', instrumentId, side: 'buy', quantity: '1', price: '150' },
          ...{ fee: '0', feeCurrency: 'USD', eventTime: time + n },
        }),
      ),
    );
    await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        report(`l${n}`, 'log', { level: 'info', message: `tick ${n}`, time: time + 1 + n }),
      ),
    );
    await page.getByTestId('tab-bots').click();
    await page.getByTestId('bots-place').selectOption('External');
    await says('no feed', 'far-1');
    await row('far-1').click();
    const detail = page.getByTestId('bot-detail');
    await detail.getByText('Far away').waitFor();
    const fills = detail.getByTestId('fill-row');
    await eventually(
      () => fills.count(),
      (count) => count === 100,
    );
    for (const count of [200, 250]) {
      await detail.getByTestId('fills-older').click();
      await eventually(
        () => fills.count(),
        (shown) => shown === count,
      );
    }
    expect(await detail.getByTestId('fills-older').count()).toBe(0);
    const longAgo = Date.now() - LONG_AGO_MS;
    await report('g', 'trade', {
      ...{ id: 'g', orderId: 'o', instrumentId: 'demo:BTC/USDT', side: 'buy', quantity: '1' },
      ...{ price: '60000', fee: '0', feeCurrency: 'USDT', eventTime: longAgo },
    });
    await runCommand(page, 'chart interval: 1s');
    const chart = new ChartOnScreen(page);
    await chart.until('first-time', (time) => time > longAgo);
    // Of all fills it is the newest, and on the chart far back.
    await detail.locator('[data-testid^="fill-show-"]').first().click();
    await chart.until('first-time', (time) => time > 0 && time <= longAgo);
    await chart.until('marker-count', (count) => count > 0);
    await picture('fill-long-ago');
    await runCommand(page, 'chart interval: 1m');
    await detail.getByTestId('tab-logs').click();
    await detail.getByTestId('bot-log-search').fill('spread wide');
    await detail.getByText('spread is wide').waitFor();
    await picture('bot-elsewhere');
    await detail.getByTestId('bot-more-far-1').click();
    expect(await page.getByTestId('bot-archive-far-1').isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await report('e', 'status', { state: 'stopped' });
    await says('stopped', 'far-1');
    await detail.getByTestId('bot-more-far-1').click();
    await page.getByTestId('bot-archive-far-1').click();
    await row('far-1').waitFor({ state: 'detached' });
    await report('b', 'status', { state: 'running' });
    await row('far-1').waitFor();
    hub.close();
    await page.getByTestId('bots-place').selectOption('Everywhere');
  });

  it('keeps a note with the chart as it was', async () => {
    await page.keyboard.press('Control+k');
    await page.getByTestId('command-palette').waitFor();
    await page.keyboard.type('show journal');
    await page.keyboard.press('Enter');
    await page.getByTestId('journal-text').fill('Stopped everything twice. 연습이다.');
    await page.getByTestId('journal-write').click();
    await page.getByTestId('journal-show-picture').click();
    await page.getByTestId('journal-picture').waitFor();
    await picture('journal');
    await page.getByTestId('journal-search').fill('연습');
    await eventually(
      () => page.getByTestId('journal-note').count(),
      (count) => count === 1,
    );
  });

  it('keeps and finds a note by keyboard alone', async () => {
    await page.getByTestId('journal-search').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.getByTestId('journal-text').focus();
    await page.keyboard.type('By keys');
    await page.getByTestId('journal-write').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('journal-note').filter({ hasText: 'By keys' }).waitFor();
    await page.getByTestId('journal-search').focus();
    await page.keyboard.type('keys');
    await eventually(
      () => page.getByTestId('journal-note').count(),
      (count) => count === 1,
    );
  });

  it('has a panel of fills that says why, and one of the log that is searched, by mouse and by keyboard', async () => {
    await page.getByTestId('tab-bots').click();
    await row().click();
    await runCommand(page, 'show fills');
    const fills = page.locator('[data-testid^="panel-fills"]');
    // The newest of now: others come above it meanwhile.
    const newest = fills.locator('[data-testid^="fill-why-"]').first();
    const ask = fills.getByTestId((await newest.getAttribute('data-testid')) ?? '');
    await ask.click();
    await fills.getByTestId('fill-why').waitFor();
    await ask.focus();
    await page.keyboard.press('Enter');
    await fills.getByTestId('fill-why').waitFor({ state: 'detached' });
    await runCommand(page, 'show log');
    const log = page.locator('[data-testid^="panel-log"]');
    const lines = log.getByTestId('bot-log-lines');
    await log.getByTestId('bot-log-level').selectOption('info');
    await lines.waitFor();
    await log.getByTestId('bot-log-search').focus();
    await page.keyboard.type('stopped');
    await eventually(
      () => lines.locator('li').allInnerTexts(),
      (texts) => texts.length > 0 && texts.every((text) => /stopped/i.test(text)),
    );
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
  });

  it('puts a bot out of sight, back by undo, and back from the archive, all by commands', async () => {
    await page.getByTestId('tab-bots').click();
    const careful = page.locator('[data-testid^="bot-row-"]', { hasText: 'Careful' });
    await careful.click();
    await runCommand(page, 'archive careful');
    await careful.waitFor({ state: 'detached' });
    expect(await page.getByTestId('notice').innerText()).toContain('Careful is archived');
    await page.getByTestId('undo').click();
    await careful.click();
    await runCommand(page, 'archive careful');
    await careful.waitFor({ state: 'detached' });
    await runCommand(page, 'archived bots');
    const dialog = page.getByTestId('archived-bots');
    await dialog.getByText('Careful', { exact: true }).waitFor();
    await picture('archived-bots');
    await dialog.locator('[data-testid^="unarchive-"]').click();
    await dialog.getByText('No bot is archived').waitFor();
    await page.getByTestId('archived-bots-done').click();
    await careful.waitFor();
    await runCommand(page, 'new bot');
    await page.getByTestId('new-bot-dialog').getByTestId('bot-form').waitFor();
    await picture('new-bot-dialog');
    await page.keyboard.press('Escape');
  });

  it('did all of that without a complaint of the page', () => {
    expect(demo.shell.problems).toEqual([]);
  });
});
