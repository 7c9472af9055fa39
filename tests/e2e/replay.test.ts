import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Price } from '#domain/units.ts';
import { eventually, HubConnection } from '../support/hub-connection.ts';
import { hasRecordings, needsRecordings, SPOT_BTCUSDT } from '../support/recordings.ts';
import { useDemoShell } from './demo-shell.ts';
import { hasChromium, needsChromium, screenshotFolder } from './shells.ts';

const TRADES = 5_000;
const FROM = Date.UTC(2024, 7, 8, 12, 0, 0);
const IMPORTED = 'binance:BTC/USDT';

/** Two seconds apart, the price in waves of forty minutes: what a grid bot lives on. */
function csv(): string {
  const lines = Array.from({ length: TRADES }, (_, index) => {
    const time = FROM + index * 2_000;
    const price = (60_000 + 400 * Math.sin(index / 190)).toFixed(2);
    return `${index + 1},${time},${price},0.25,${index % 3 === 0 ? 'sell' : 'buy'}`;
  });
  return ['id,timestamp,price,amount,side', ...lines, 'not a line'].join('\n');
}

/** The price is in the middle, going up, at every whole wave; there is nothing before the first. */
const WAVE_MS = 2 * Math.PI * 190 * 2_000;
const CROSSINGS_UP = Math.floor((TRADES * 2_000) / WAVE_MS);
const FIRST_UP_MS = WAVE_MS;

/** As one types it: by the clock of the machine, which is the browser's as well. */
const typedTime = (time: number): string =>
  new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);

const deckTime = async (page: Page): Promise<number> =>
  Number(await page.getByTestId('deck-bar').getAttribute('data-time'));
/**
 * What an import or export says of itself when it is over: a running one may have counted all of it,
 * but a file has its name only when it is whole.
 */
const doneJob = (page: Page, file: string): Promise<string> =>
  page.locator('[data-testid="tape-job"][data-state="done"]', { hasText: file }).innerText();
const deckState = (page: Page) => page.getByTestId('deck-bar').getAttribute('data-state');

describe.skipIf(!hasChromium)(`[T4] replay on the screen${needsChromium}`, () => {
  const demo = useDemoShell();
  let page: Page;

  beforeAll(() => {
    page = demo.page;
  });

  it('[T3] imports a file, with its progress and its bad line', async () => {
    const file = join(demo.directory.path, 'waves.csv');
    writeFileSync(file, csv());
    await page.getByTestId('tab-tape-files').click();
    await page.getByTestId('import-file').fill(file);
    await page.getByTestId('import-instrument').fill(IMPORTED);
    await page.getByTestId('import-start').click();
    const said = await doneJob(page, 'waves.csv');
    expect(said).toContain('5,000 trades new');
    expect(said).toContain('line 5,002');
    await page.getByTestId(`tape-info-${IMPORTED}`).waitFor();
  });

  it('[T3] imports candles, and shows what there is of them', async () => {
    const file = join(demo.directory.path, 'candles.csv');
    const start = Date.UTC(2025, 0, 1);
    const line = (minute: number) => `${start + minute * 60_000},100,102,99,101,5`;
    const lines = Array.from({ length: 90 }, (_, minute) => line(minute));
    writeFileSync(file, ['time,open,high,low,close,volume', ...lines].join('\n'));
    await page.getByTestId('import-file').fill(file);
    await page.getByTestId('import-instrument').fill(IMPORTED);
    await page.getByTestId('import-start').click();
    const row = page.getByTestId(`tape-candles-${IMPORTED}-1m`);
    expect(await row.innerText()).toContain('90');
    expect(await doneJob(page, 'candles.csv')).toContain('90 candles new');
    await page.screenshot({ path: join(screenshotFolder, 'tape-files.png') });
  });

  it('[T3] exports a stretch of one instrument', async () => {
    const file = join(demo.directory.path, 'stretch.csv');
    await page.getByTestId('export-file').fill(file);
    await page.getByTestId('export-instrument').selectOption(IMPORTED);
    await page.getByTestId('export-from').fill(typedTime(FROM + 20_000));
    await page.getByTestId('export-to').fill(typedTime(FROM + 10_000));
    await page.getByText('not before the end').waitFor();
    expect(await page.getByTestId('export-start').isDisabled()).toBe(true);
    await page.getByTestId('export-to').fill(typedTime(FROM + 40_000));
    await page.screenshot({ path: join(screenshotFolder, 'tape-files-export.png') });
    await page.getByTestId('export-start').click();
    expect(await doneJob(page, 'stretch.csv')).toContain('10 trades');
    const [, first = '', ...others] = readFileSync(file, 'utf8').trim().split('\n');
    expect([first.split(',')[1], others.length]).toEqual(['11', 9]);
  });

  it('[T3] exports by keyboard as well', async () => {
    const file = join(demo.directory.path, 'by-keys.csv');
    await page.getByTestId('export-file').focus();
    await page.keyboard.type(file);
    await page.keyboard.press('Enter');
    expect(await doneJob(page, 'by-keys.csv')).toContain('10 trades');
    const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(10);
  });

  it('opens a stretch of it beside live, which nobody takes for live', async () => {
    await page.getByRole('tab', { name: /^Replay/ }).click();
    await page.getByTestId(`deck-instrument-${IMPORTED}`).setChecked(true);
    // Which live instruments stand there depends on what has been printed so far.
    const others = page
      .getByTestId('deck-form')
      .locator(`input:checked:not([data-testid="deck-instrument-${IMPORTED}"])`);
    while ((await others.count()) > 0) await others.first().uncheck();
    await page.getByTestId('deck-open').click();
    await page.getByTestId('deck-bar').waitFor();
    expect(await page.getByTestId('mode-badge').innerText()).toBe('REPLAY');
    expect(await deckState(page)).toBe('paused');
    expect(await page.getByTestId('watchlist-row-d1_binance:BTC/USDT').count()).toBe(1);
  });

  it('plays, pauses, steps and changes its speed, by mouse and by keyboard', async () => {
    const start = await deckTime(page);
    await page.getByTestId('deck-speed').selectOption('60');
    await page.getByTestId('deck-play').click();
    await eventually(
      () => deckTime(page),
      (time) => time > start + 30_000,
    );
    await page.getByTestId('chart').click();
    await page.keyboard.press('k');
    await eventually(
      () => deckState(page),
      (state) => state === 'paused',
    );
    const paused = await deckTime(page);
    await page.keyboard.press('.');
    await eventually(
      () => deckTime(page),
      (time) => time > paused && time <= paused + 4_000,
    );
    await page.getByTestId('deck-step-candle').click();
    await eventually(
      () => deckTime(page),
      (time) => time > paused + 4_000,
    );
    // In the chart, too, which has keys of its own.
    await page.getByTestId('chart-canvas').first().focus();
    await page.keyboard.press('Shift+L');
    await eventually(
      () => page.getByTestId('deck-speed').inputValue(),
      (speed) => speed === '100',
    );
    const before = await deckTime(page);
    await page.keyboard.press('l');
    await eventually(
      () => deckTime(page),
      (time) => time === before + 60_000,
    );
    await page.keyboard.press('j');
    await eventually(
      () => deckTime(page),
      (time) => time === before,
    );
    await page.getByTestId('deck-slider').focus();
    await page.keyboard.press('Space');
    await eventually(
      () => deckState(page),
      (state) => state === 'playing',
    );
    await page.keyboard.press('Space');
    await eventually(
      () => deckState(page),
      (state) => state === 'paused',
    );
    await page.screenshot({ path: join(screenshotFolder, 'replay-deck.png') });
  });

  it('seeks forward and back, and shows nothing of the future', async () => {
    const seekTo = async (time: number) => {
      await page.getByTestId('deck-slider').fill(String(time));
      await page.getByTestId('deck-slider').press('Tab');
      await eventually(
        async () => [await deckTime(page), await deckState(page)] as const,
        ([now, state]) => Math.abs(now - time) <= 2_000 && state !== 'seeking',
      );
    };
    const lastClose = async () =>
      Number(await page.getByTestId('chart').getAttribute('data-last-close'));
    const priceAt = (time: number) =>
      60_000 + 400 * Math.sin(Math.floor((time - FROM) / 2_000) / 190);
    for (const time of [FROM + 9_000_000, FROM + 7_200_000, FROM + 9_500_000]) {
      await seekTo(time);
      await eventually(lastClose, (close) => Math.abs(close - priceAt(time)) < 10);
    }
  });

  it('has its transport also where only another link group shows it, with its keys there', async () => {
    await page.getByTestId('actions-tape').getByTestId('panel-link').click();
    await page.getByTestId('link-B').click();
    await page.getByTestId('watchlist-row-demo:BTC/USDT').click();
    await eventually(
      () => page.getByTestId('mode-badge').innerText(),
      (mode) => mode === 'DEMO',
    );
    const bar = page.getByTestId('deck-bar');
    const hasKeys = () => bar.getAttribute('data-keys');
    await page.getByTestId('chart').click();
    await eventually(hasKeys, (has) => has === 'false');
    await page.getByTestId('tab-tape').click();
    await eventually(hasKeys, (has) => has === 'true');
    const before = await deckTime(page);
    await page.keyboard.press('.');
    await eventually(
      () => deckTime(page),
      (time) => time > before,
    );
    await page.screenshot({ path: join(screenshotFolder, 'replay-deck-linked.png') });
    await page.getByTestId('actions-tape').getByTestId('panel-link').click();
    await page.getByTestId('link-A').click();
    await bar.waitFor({ state: 'detached' });
    await page.getByTestId('watchlist-row-d1_binance:BTC/USDT').click();
    await bar.waitFor();
  });

  it('[T4] a deck with a bot shows its fills, its table and its position, and goes to a fill', async () => {
    const owner = await HubConnection.ofOwner(demo.shell.url, demo.directory.path);
    const deck = await owner.request('replay.open', {
      instruments: [IMPORTED as InstrumentId],
      speed: 'max',
      bots: [
        {
          name: 'Deck grid',
          strategy: 'grid',
          instrumentId: IMPORTED as InstrumentId,
          params: { levels: 4, spacingBps: 10, quantity: '0.01' },
          initialCash: '10000' as DecimalString,
        },
      ],
      alerts: [
        {
          name: 'Middle',
          severity: 'critical',
          condition: {
            kind: 'priceCross',
            instrumentId: IMPORTED as InstrumentId,
            level: 60_000 as Price,
            direction: 'up',
          },
        },
      ],
    });
    owner.close();
    await page.getByTestId(`deck-row-${deck.id}`).getByRole('button').first().click();
    await eventually(
      () => page.getByTestId('deck-bar').getAttribute('aria-label'),
      (label) => label === `Replay deck ${deck.id}`,
    );
    await page.getByTestId('deck-play').click();
    await eventually(
      () => deckState(page),
      (state) => state === 'ended',
    );
    const markers = async () =>
      Number(await page.getByTestId('chart').getAttribute('data-marker-count'));
    await eventually(markers, (count) => count > 3);
    await page.getByTestId('deck-volume').locator('path[d^="M"]').waitFor({ state: 'attached' });
    const marks = page.getByTestId('deck-alert-mark-deck');
    await eventually(
      () => marks.count(),
      (count) => count === CROSSINGS_UP,
    );
    await marks.first().click();
    await eventually(
      async () => [await deckTime(page), await deckState(page)] as const,
      ([time, state]) => state === 'paused' && Math.abs(time - FROM - FIRST_UP_MS) <= 4_000,
    );
    await page.getByTestId('deck-play').click();
    await eventually(
      () => deckState(page),
      (state) => state === 'ended',
    );
    await page.getByRole('tab', { name: /^Bots/ }).click();
    const rows = page.locator('[data-testid^="bot-row-"]');
    expect(await rows.count()).toBe(1);
    expect(await rows.first().innerText()).toContain('Deck grid');
    const end = await deckTime(page);
    await page.getByTestId('deck-previous-fill').click();
    await eventually(
      async () => [await deckTime(page), await deckState(page)] as const,
      ([time, state]) => time < end && state === 'paused',
    );
    await page.screenshot({ path: join(screenshotFolder, 'replay-deck-bot.png') });
    await page.getByTestId('deck-close').click();
    await page.getByTestId('deck-bar').waitFor({ state: 'detached' });
    await page.getByTestId('watchlist-row-d1_binance:BTC/USDT').click();
    expect(await page.locator('[data-testid^="bot-row-"]').count()).toBe(0);
  });

  it('goes away when it is closed, and live is there again', async () => {
    await page.getByTestId('deck-close').click();
    await page.getByTestId('deck-bar').waitFor({ state: 'detached' });
    expect(await page.getByTestId('mode-badge').innerText()).toBe('DEMO');
    expect(await page.getByTestId('watchlist-row-d1_binance:BTC/USDT').count()).toBe(0);
  });

  it.skipIf(!hasRecordings)(
    `shows a recording when it is read, however long that takes${needsRecordings}`,
    async () => {
      await page.getByRole('tab', { name: /^Replay/ }).click();
      await page.getByTestId('deck-form').getByRole('combobox').first().selectOption('file');
      await page.getByTestId('deck-form').getByRole('textbox').first().fill(SPOT_BTCUSDT);
      await page.getByTestId('deck-open').click();
      await page.getByTestId('deck-bar').waitFor();
      // Before the first trade there are no prices to point at.
      await page.getByTestId('chart-canvas').first().focus();
      await page.keyboard.press('ArrowLeft');
      await page.getByTestId('deck-close').click();
      await page.getByTestId('deck-bar').waitFor({ state: 'detached' });
    },
  );

  it('has said nothing of errors', () => {
    expect(demo.shell.problems).toEqual([]);
  });
});
