import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { runCommand, useDemoShell } from './demo-shell.ts';
import { seriousFaults } from './serious-faults.ts';
import { hasChromium, needsChromium, screenshotFolder } from './shells.ts';

const STEP_MS = 40_000;
const FROM = Date.UTC(2024, 7, 8, 12, 0, 0);
const IMPORTED = 'binance:BTC/USDT';
const TRADES = 40_000;
const TRADE_MS = 1_000;

/** The price in waves, long ones below short ones: what a crossing of averages lives on. */
function csv(): string {
  const lines = Array.from({ length: TRADES }, (_, index) => {
    const wave = 400 * Math.sin(index / 900) + 60 * Math.sin(index / 170);
    const price = (60_000 + wave).toFixed(2);
    return `${index + 1},${FROM + index * TRADE_MS},${price},0.25,${index % 3 === 0 ? 'sell' : 'buy'}`;
  });
  return ['id,timestamp,price,amount,side', ...lines].join('\n');
}

/** Another instrument, an hour a candle, in waves of two days. */
const CANDLES_OF = 'binance:ETH/USDT';
function candleCsv(): string {
  const lines = Array.from({ length: 500 }, (_, index) => {
    const priceAt = (hour: number) => 3_000 + 100 * Math.sin(hour / 8);
    const [open, close] = [priceAt(index), priceAt(index + 1)];
    const time = FROM + index * 3_600_000;
    return [time, open, Math.max(open, close) + 5, Math.min(open, close) - 5, close, 12].join();
  });
  return ['time,open,high,low,close,volume', ...lines].join('\n');
}

describe.skipIf(!hasChromium)(`backtests on the screen${needsChromium}`, () => {
  const demo = useDemoShell({ stepMs: STEP_MS });
  let page: Page;
  let panel: Locator;

  const picture = (name: string) =>
    page.screenshot({ path: join(screenshotFolder, `backtest-${name}.png`) });
  const stateOf = () => page.getByTestId('backtest-detail').getAttribute('data-state');
  const over = (state: string) => eventually(stateOf, (now) => now === state);
  const figure = (name: string) => page.getByTestId(`figure-${name}`).innerText();
  const field = (name: string) => panel.getByTestId(`bot-field-${name}`);

  const reached = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
  /** As who has no mouse: from where the keyboard is, control by control. */
  const tabTo = async (testId: string) => {
    const most = 60;
    for (let step = 0; step < most && (await reached()) !== testId; step += 1) {
      await page.keyboard.press('Tab');
    }
    expect(await reached()).toBe(testId);
  };
  const importFile = async (name: string, text: string, instrumentId: string) => {
    const file = join(demo.directory.path, name);
    writeFileSync(file, text);
    await page.getByTestId('import-file').fill(file);
    await page.getByTestId('import-instrument').fill(instrumentId);
    await page.getByTestId('import-start').click();
    const job = page.getByTestId('tape-job').filter({ hasText: name });
    await eventually(
      () => job.getAttribute('data-state'),
      (state) => state === 'done',
    );
  };

  beforeAll(async () => {
    page = demo.page;
    await page.getByTestId('tab-tape-files').click();
    await importFile('waves.csv', csv(), IMPORTED);
    await importFile('hours.csv', candleCsv(), CANDLES_OF);
    await runCommand(page, 'show backtest');
    panel = page.getByTestId('backtest');
    await panel.waitFor();
    // Room for a form and a list beside it.
    await page.keyboard.press('Alt+Enter');
  });

  it('says what to do while there are none', async () => {
    await panel.getByText('No backtests yet').waitFor();
    await picture('empty');
  });

  it('says field by field what is wrong, and plays what is on the tape', async () => {
    await page.getByTestId('new-backtest').click();
    await page.getByTestId('backtest-strategy').selectOption('ma-cross');
    await page.getByTestId('backtest-instrument').selectOption(IMPORTED);
    expect(await page.getByTestId('backtest-from').inputValue()).toMatch(/^2024-08-0/);
    await field('initialCash').fill('0');
    await field('fast').fill('0');
    await page.getByTestId('backtest-start').click();
    await panel.getByText('More than 0').waitFor();
    expect(await panel.getByRole('alert').allInnerTexts()).toContain('At least 2');
    await picture('form-errors');
    expect(await seriousFaults(page)).toEqual([]);
    await field('initialCash').fill('10000');
    await field('fast').fill('5');
    await field('slow').fill('20');
    await page.getByTestId('backtest-name').fill('Waves');
    await page.getByTestId('backtest-start').click();
    await over('done');
    await page.getByTestId('backtest-figures').waitFor();
    expect(await figure('pnl')).toMatch(/^[+−][\d,.]+$/);
    expect(await figure('returnPercent')).toMatch(/%$/);
    await picture('report');
    expect(await seriousFaults(page)).toEqual([]);
  });

  it('reads the curves by keyboard', async () => {
    const reader = page.getByTestId('backtest-reader');
    await reader.focus();
    await page.keyboard.press('Home');
    expect(await reader.getAttribute('aria-valuetext')).toContain('Equity 10,000.00');
    await page.keyboard.press('ArrowRight');
    expect(await reader.inputValue()).toBe('1');
  });

  it('lists the round trips, the days, the log and what was decided', async () => {
    const detail = page.getByTestId('backtest-detail');
    await detail.getByTestId('tab-trips').click();
    await detail.getByTestId('trip-row').first().waitFor();
    await picture('trips');
    await detail.getByTestId('tab-days').click();
    await detail.getByTestId('backtest-days').getByText('2024-08-08').waitFor();
    await detail.getByTestId('tab-parameters').click();
    await detail.getByText('maker 10 bps').waitFor();
  });

  it('saves what came of it as a file, and as a page that opens from the disk', async () => {
    const saved = async (testId: string) => {
      await page.getByTestId('backtest-more').click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByTestId(testId).click(),
      ]);
      const text = readFileSync(await download.path(), 'utf8');
      return { name: download.suggestedFilename(), text };
    };
    const json = await saved('backtest-save-json');
    expect(json.name).toMatch(/^backtest-waves-\d{4}-\d\d-\d\d\.json$/);
    const report = JSON.parse(json.text);
    expect(report).toMatchObject({ bot: { name: 'Waves', params: { fast: 5, slow: 20 } } });
    expect(report.trades.count).toBeGreaterThan(0);
    const html = await saved('backtest-save-page');
    expect(html.name).toMatch(/\.html$/);
    expect(html.text).toContain('<h1>Waves</h1>');
  });

  it('plays imported candles, of the interval that there is', async () => {
    await page.getByTestId('new-backtest').click();
    await page.getByTestId('backtest-strategy').selectOption('ma-cross');
    await page.getByTestId('backtest-source').selectOption('candles');
    expect(await page.getByTestId('backtest-instrument').inputValue()).toBe(CANDLES_OF);
    expect(await page.getByTestId('backtest-interval').inputValue()).toBe('1h');
    await field('interval').selectOption('1h');
    await page.getByTestId('backtest-start').click();
    await page.getByTestId('backtest-detail').getByText('500 candles').waitFor();
    // Back to the one before, as a click on its row does.
    await panel.getByRole('button', { name: 'Waves', exact: true }).click();
    await page.getByTestId('backtest-detail').getByText('40,000 trades').waitFor();
  });

  it('tries many parameters by keyboard alone, and ranks them', async () => {
    await tabTo('backtest-again');
    await page.keyboard.press('Enter');
    await tabTo('backtest-is-sweep');
    await page.keyboard.press('Space');
    for (const [name, text] of [
      ['fast', '3..9:2'],
      ['slow', '15|20|30'],
    ] as const) {
      await tabTo(`bot-field-${name}`);
      await page.keyboard.press('Control+a');
      await page.keyboard.type(text);
    }
    await eventually(
      () => page.getByTestId('backtest-runs').innerText(),
      (text) => text === '12 combinations',
    );
    await picture('form-sweep');
    await page.keyboard.press('Enter');
    await over('done');
    await page.getByTestId('sweep-row').first().waitFor();
    expect(await page.getByTestId('sweep-row').count()).toBe(12);
    expect(await page.getByTestId('backtest-notes').innerText()).toContain('12 runs');
    await picture('sweep');
    expect(await seriousFaults(page)).toEqual([]);
    const places = () => page.locator('[data-testid^="sweep-play-"]').allInnerTexts();
    const ranked = await places();
    await tabTo('sort-param:fast');
    await page.keyboard.press('Enter');
    await eventually(places, (now) => now.join() !== ranked.join());
    const values = await page.getByTestId('sweep-row').locator('td:nth-child(2)').allInnerTexts();
    expect(values.map(Number)).toEqual(values.map(Number).toSorted((a, b) => a - b));
  });

  it('shows them as a map, and plays one of them on its own', async () => {
    const detail = page.getByTestId('backtest-detail');
    await detail.getByTestId('tab-heat').click();
    await page.getByTestId('heat-map').waitFor();
    expect(await page.getByTestId('heat-map').getByRole('button').count()).toBe(12);
    await picture('heat');
    expect(await seriousFaults(page)).toEqual([]);
    await detail.getByTestId('tab-ranking').click();
    await page.getByTestId('sweep-play-1').click();
    await page.getByTestId('backtest-figures').waitFor();
    expect(await detail.getAttribute('aria-label')).toMatch(/^Backtest \d \/ \d\d · Waves$/);
  });

  it('is whole in either theme, in Korean, on a large screen and in a small place', async () => {
    const isWhole = () =>
      page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    const show = async (name: string, words: string) => {
      await runCommand(page, words);
      await picture(name);
      expect(await isWhole()).toBe(true);
      expect(await seriousFaults(page)).toEqual([]);
    };
    await show('report-light', 'theme light');
    await runCommand(page, '한국어');
    await panel.getByText('새 백테스트').waitFor();
    await picture('report-korean');
    expect(await seriousFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 1_920, height: 1_080 });
    await picture('report-korean-large');
    await runCommand(page, 'English');
    await panel.getByText('New backtest').first().waitFor();
    await picture('report-large');
    await page.setViewportSize({ width: 1_280, height: 800 });
    await page.keyboard.press('Alt+Enter');
    await picture('report-small');
    expect(await isWhole()).toBe(true);
    await runCommand(page, 'theme dark');
    await page.keyboard.press('Alt+Enter');
  });

  it('plays a bot of ours, asked for from its menu, and makes another one of it', async () => {
    await runCommand(page, 'show bots');
    const row = page.locator('[data-testid^="bot-row-"]').first();
    const botId = ((await row.getAttribute('data-testid')) ?? '').slice('bot-row-'.length);
    await row.click();
    await page.getByTestId(`bot-more-${botId}`).click();
    await page.getByTestId(`bot-backtest-${botId}`).click();
    await page.getByTestId('backtest-form').waitFor();
    expect(await page.getByTestId('backtest-strategy').inputValue()).toBe('grid');
    await page.getByTestId('backtest-start').click();
    await page.getByTestId('backtest-figures').waitFor();
    await page.getByTestId('backtest-make-bot').click();
    await page.getByTestId('bot-detail').getByText('stopped').waitFor();
    expect(await page.locator('[data-testid^="bot-row-"]').count()).toBe(2);
  });

  /** Enough runs for all that is done meanwhile. */
  const startLongSweep = async () => {
    await runCommand(page, 'show backtest');
    await page.getByTestId('new-backtest').click();
    await page.getByTestId('backtest-strategy').selectOption('grid');
    await page.getByTestId('backtest-instrument').selectOption(IMPORTED);
    await page.getByTestId('backtest-is-sweep').check();
    await field('levels').fill('2..50');
    await field('spacingBps').fill('1..200');
    await eventually(
      () => page.getByTestId('backtest-runs').innerText(),
      (text) => text.startsWith('9,800 combinations: '),
    );
    await page.getByTestId('backtest-start').click();
    await over('running');
  };

  it('warns of many runs, tells how far they are, and cancels them', async () => {
    await startLongSweep();
    await panel.getByText(/^[1-9][\d,]* of 9,800 runs are done/).waitFor();
    await picture('running');
    await page.getByTestId('backtest-cancel').click();
    await over('canceled');
    await panel.getByText('It was canceled').waitFor();
  });

  it('is removed when it is asked twice', async () => {
    const rows = panel.locator('[data-testid^="backtest-row-"]');
    const before = await rows.count();
    await page.getByTestId('backtest-more').click();
    await page.getByTestId('backtest-remove').click();
    await page.getByTestId('backtest-remove-confirm').click();
    await eventually(
      () => rows.count(),
      (count) => count === before - 1,
    );
  });

  it('knows after the hub’s death what became of those that ran', async () => {
    await startLongSweep();
    await demo.shell.crashAndRestart();
    await over('failed');
    await page.getByTestId('backtest-error').getByText('ended while it ran').waitFor();
    expect(await panel.locator('[data-testid^="backtest-row-"]').count()).toBe(6);
  });

  it('did all of that without a complaint of the page', () => {
    expect(demo.shell.problems).toEqual([]);
  });
});
