import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import { startBinanceSpot, startBinanceUsdm } from '../fakes/exchanges/binance/binance-exchange.ts';
import { type FakeDeriv, startFakeDeriv } from '../fakes/exchanges/deriv/deriv-exchange.ts';
import type { FakeExchange } from '../fakes/exchanges/fake-exchange.ts';
import { eventually, HubConnection } from '../support/hub-connection.ts';
import { BINANCE_RECORDINGS, hasRecordings, needsRecordings } from '../support/recordings.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import {
  buildScreen,
  hasChromium,
  launchChromium,
  needsChromium,
  openServeShell,
  type Shell,
  screenshotFolder,
} from './shells.ts';

const BTC = 'binance:BTC/USDT' as InstrumentId;
const VOLATILITY = 'deriv:R_10';
const FOREX = 'deriv:frxEURUSD';
const BINANCE_SPEC = 'ccxt:binance:BTC/USDT';
const PERPETUAL = 'binanceusdm:BTC/USDT:USDT';
const PERPETUAL_SPEC = 'ccxt:binanceusdm:BTC/USDT:USDT';
const DERIV_SPEC = 'deriv:R_10,frxEURUSD';
/** Rule F3: silence is called stale after 10 s, looked for each second. */
const STALE_LIMIT_MS = 12_000;
/** Backoff, dialling and a new book. */
const RECOVERY_MS = 45_000;

const row = (page: Page, id: string) => page.getByTestId(`watchlist-row-${id}`);
const rowState = (page: Page, id: string) => row(page, id).getAttribute('data-state');
const isLive = (page: Page, id: string, withinMs = RECOVERY_MS) =>
  eventually(
    () => rowState(page, id),
    (state) => state === 'live',
    withinMs,
  );
const feedItem = (page: Page, spec: string) =>
  page.locator('li[data-testid^="feed-"]', { hasText: spec });
const feedLine = (page: Page, spec: string) =>
  feedItem(page, spec).locator('[data-testid^="feed-line-"]').innerText();
const lastClose = async (page: Page) =>
  Number(await page.getByTestId('chart').getAttribute('data-last-close'));

const gapOf = (line: string) => /last gap [^(]*/.exec(line)?.[0];
const candleCount = async (page: Page) =>
  Number(await page.getByTestId('chart').getAttribute('data-candle-count'));

async function openPopover(page: Page): Promise<void> {
  if (!(await page.getByTestId('feeds-popover').isVisible())) {
    await page.getByTestId('feeds-state').click();
  }
  await page.getByTestId('feed-spec').waitFor();
}

async function addFeed(page: Page, spec: string): Promise<void> {
  await openPopover(page);
  await page.getByTestId('feed-spec').fill(spec);
  await page.getByTestId('feed-add').click();
}

type Place = 'row' | 'chart' | 'skeleton' | 'book' | 'tape' | 'line' | 'bar' | 'closed';
type Words = Readonly<Record<Place, readonly string[]>>;

/** From now on, notes every word on the state of an instrument that any place on screen shows. */
function watchWords(page: Page, options: { id: string; spec: string; closedId: string }) {
  return page.evaluate(({ id, spec, closedId }) => {
    const seen: Record<string, string[]> = {};
    const note = (place: string, word: string | null | undefined) => {
      const words = seen[place] ?? [];
      seen[place] = words;
      const text = word?.trim() || 'none';
      if (words.at(-1) !== text) words.push(text);
    };
    const strip = (panel: string) =>
      document.querySelector(`[data-testid="actions-${panel}"] [role="status"] strong`)
        ?.textContent;
    const look = () => {
      const stateOf = (wanted: string) =>
        document
          .querySelector(`[data-testid="watchlist-row-${wanted}"]`)
          ?.getAttribute('data-state');
      note('row', stateOf(id));
      note('closed', stateOf(closedId));
      note('chart', strip('chart'));
      const skeleton = document.querySelector(
        '[data-testid="chart"] [aria-label="Loading candles"]',
      );
      note('skeleton', skeleton?.getAttribute('aria-label'));
      note('book', strip('order-book'));
      note('tape', strip('tape'));
      const items = [...document.querySelectorAll('li[data-testid^="feed-"]')];
      const item = items.find((each) => each.textContent?.includes(spec));
      note('line', item?.querySelector('[data-testid^="feed-line-"]')?.textContent);
      note('bar', document.querySelector('[data-testid="feeds-state"]')?.textContent);
    };
    Reflect.get(window, 'wordsObserver')?.disconnect();
    const observer = new MutationObserver(look);
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    observer.observe(document.body, all);
    look();
    Object.assign(window, { words: seen, wordsObserver: observer });
  }, options);
}

const words = (page: Page) => page.evaluate(() => Reflect.get(window, 'words') as Words);

const shot = (page: Page, name: string) =>
  page.screenshot({ path: join(screenshotFolder, `${name}.png`) });

describe.skipIf(!hasChromium || !hasRecordings)(
  `real exchanges on the screen${needsChromium}${needsRecordings}`,
  () => {
    const directory = temporaryDirectory();
    let browser: Browser;
    let binance: FakeExchange;
    let deriv: FakeDeriv;
    let perpetuals: FakeExchange;
    let shell: Shell & { url: string };
    let page: Page;
    /** Epoch seconds since when every trade is heard of. */
    let watchedSince: number;

    async function candleSeconds(): Promise<readonly number[]> {
      const owner = await HubConnection.ofOwner(shell.url, directory.path);
      const params = { instrumentId: BTC, interval: '1s', limit: 500 } as const;
      const { candles } = await owner.request('candles.get', params);
      owner.close();
      return candles.map(({ openTime }) => openTime / 1_000);
    }

    beforeAll(async () => {
      mkdirSync(screenshotFolder, { recursive: true });
      await buildScreen();
      binance = await startBinanceSpot(BINANCE_RECORDINGS, { timeline: 'present' });
      deriv = await startFakeDeriv({ dialect: 'options', timeline: 'present' });
      deriv.closeMarket('frxEURUSD', { opensAt: Math.floor(Date.now() / 1_000) + 3_600 });
      const file = join(directory.path, 'exchanges.json');
      perpetuals = await startBinanceUsdm(BINANCE_RECORDINGS, { timeline: 'present' });
      const configs = {
        ...{ binance: binance.config, deriv: deriv.config },
        binanceusdm: perpetuals.config,
      };
      writeFileSync(file, JSON.stringify(configs));
      browser = await launchChromium();
      shell = await openServeShell({
        browser,
        dataDirectory: directory.path,
        args: ['--exchange-config', file],
      });
      page = shell.page;
      void binance.play({ speed: 1 });
      void deriv.play({ speed: 1 });
      void perpetuals.play({ speed: 1 });
    });
    afterAll(async () => {
      await shell?.close();
      await browser?.close();
      await binance?.close();
      await deriv?.close();
      await perpetuals?.close();
      directory.remove();
    });

    it('says of each feed how it is, in one line', async () => {
      await openPopover(page);
      await eventually(
        () => feedLine(page, 'demo'),
        (line) => /^live, .*behind, [\d,]+ trades\/min$/.test(line),
      );
    });

    it('says in a sentence why a feed cannot be, and keeps what was written', async () => {
      await addFeed(page, 'ccxt:nosuch:BTC/USDT');
      const alert = page.getByTestId('feeds-popover').getByRole('alert');
      await alert.waitFor();
      expect(await alert.innerText()).toMatch(/nosuch.*\.$/);
      expect(await page.getByTestId('feed-spec').inputValue()).toBe('ccxt:nosuch:BTC/USDT');
      await shot(page, 'feeds-refused');
    });

    it('adds an exchange by one line: price, book, tape and chart are live', async () => {
      await addFeed(page, BINANCE_SPEC);
      await isLive(page, BTC);
      watchedSince = Math.ceil(Date.now() / 1_000);
      await eventually(
        () => page.getByTestId('feed-spec').inputValue(),
        (text) => text === '',
      );
      await row(page, BTC).click();
      await eventually(
        () => lastClose(page),
        (close) => close === binance.truth.trades('BTC/USDT').at(-1)?.price,
      );
      await eventually(
        async () => Number(await page.getByTestId('book-bid').first().getAttribute('data-price')),
        (price) =>
          Math.abs(price / (binance.truth.currentTop('BTC/USDT')?.bid?.[0] ?? 0) - 1) < 1e-3,
      );
      await eventually(
        () => page.getByTestId('tape-row').count(),
        (count) => count > 3,
      );
      expect(await page.getByTestId('mode-badge').innerText()).toBe('LIVE');
    });

    it('[F2] shows a closed market as closed, and no size where there is none', async () => {
      await addFeed(page, DERIV_SPEC);
      await isLive(page, VOLATILITY);
      await eventually(
        () => rowState(page, FOREX),
        (state) => state === 'closed',
      );
      expect(await row(page, FOREX).innerText()).toContain('CLOSED');
      await row(page, VOLATILITY).click();
      const tick = page.getByTestId('tape-row').first();
      await eventually(
        async () => (await tick.count()) > 0 && (await tick.innerText()),
        (text) => text !== false && /–$/.test(text.trim()),
      );
      expect(await page.getByTestId('order-book').innerText()).toContain(
        'Deriv has no order books',
      );
      expect(await page.locator('[data-cell="volume"]').innerText()).toBe('–');
      await shot(page, 'deriv');
      await row(page, FOREX).click();
      const strip = page.getByTestId('actions-chart').getByRole('status');
      await eventually(
        () => strip.innerText(),
        (text) => /^CLOSED\s+The market is closed until \d\d:\d\d:\d\d$/.test(text),
      );
    });

    it('marks the liquidations of a perpetual, and shows them alone', async () => {
      await addFeed(page, PERPETUAL_SPEC);
      await isLive(page, PERPETUAL);
      await page.keyboard.press('Escape');
      await page.getByTestId('tape-settings-open').click();
      // Spot: there is nothing to show or to hide.
      expect(await page.getByTestId('tape-liquidations').count()).toBe(0);
      await page.getByTestId('tape-settings-open').click();
      await row(page, PERPETUAL).click();
      await page.getByTestId('tape-row').first().waitFor();
      await page.getByTestId('tape-settings-open').click();
      await page.getByTestId('tape-liquidations').selectOption('only');
      await shot(page, 'liquidation-settings');
      await page.getByTestId('tape-settings-open').click();
      const time = Date.now();
      perpetuals.liquidate?.('BTC/USDT:USDT', [
        { side: 'sell', price: 57_100.5, size: 12.5, time },
        { side: 'buy', price: 57_120, size: 0.004, time: time + 1 },
      ]);
      const liquidations = page.getByTestId('tape-liquidation');
      await eventually(
        async () => [await liquidations.count(), await page.getByTestId('tape-row').count()],
        ([shown, prints]) => shown === 2 && prints === 0,
      );
      const sold = liquidations.filter({ hasText: '57,100.5' });
      expect(await sold.getAttribute('title')).toContain('a long position was sold');
      await shot(page, 'liquidations');
      await page.getByTestId('tape-settings-open').click();
      await page.getByTestId('tape-liquidations').selectOption('shown');
      await page.getByTestId('tape-settings-open').click();
      await page.getByTestId('tape-row').first().waitFor();
    });

    it.each([
      ['close', /^disconnected: .*Binance/, ['DISCONNECTED']],
      ['geoBlocked', /^disconnected: Binance does not serve this place/, ['DISCONNECTED']],
      // A question that is under way when it falls silent may be the first to notice.
      ['silence', /^(stale, nothing since|disconnected: .*no answer)/, ['STALE', 'DISCONNECTED']],
    ] as const)(
      '[F3] a connection that breaks (%s) is told everywhere, mended, and its gap filled',
      async (fault, line, labels) => {
        await row(page, BTC).click();
        await page.getByTestId('interval-1s').click();
        await page
          .locator('[data-testid="chart"] [aria-label="Loading candles"]')
          .waitFor({ state: 'detached' });
        await openPopover(page);
        await isLive(page, BTC);
        const gapBefore = gapOf(await feedLine(page, BINANCE_SPEC));
        await watchWords(page, {
          id: BTC,
          spec: BINANCE_SPEC,
          closedId: FOREX,
        });
        const startedAt = performance.now();
        binance.inject(fault);
        const isSaid = (seen: Words) =>
          labels.some(
            (label) =>
              seen.row.includes(label.toLowerCase()) &&
              (['chart', 'book', 'tape'] as const).every((place) => seen[place].includes(label)),
          );
        await eventually(
          () => words(page),
          (seen) =>
            isSaid(seen) &&
            seen.line.some((text) => line.test(text)) &&
            seen.bar.some((text) => !text.includes('live')),
          STALE_LIMIT_MS,
        );
        expect(performance.now() - startedAt).toBeLessThan(STALE_LIMIT_MS);
        await shot(page, `feeds-${fault}`);
        await page.keyboard.press('Escape');
        await shot(page, `told-${fault}`);
        await openPopover(page);
        binance.heal();
        await isLive(page, BTC);
        const mended = await eventually(
          () => feedLine(page, BINANCE_SPEC),
          (text) =>
            text.startsWith('live, ') &&
            text.endsWith(' (filled since)') &&
            gapOf(text) !== gapBefore,
          RECOVERY_MS,
        );
        expect(mended).toMatch(/reconnected \d+×, last gap \d\d:\d\d:\d\d /);
        // The chart was not loaded anew, and has every second in which there was a trade.
        const until = Math.floor(Date.now() / 1_000) - 1;
        const truth = binance.truth.trades('BTC/USDT').map(({ time }) => Math.floor(time / 1_000));
        const known = new Set(await candleSeconds());
        const isWatched = (second: number) => second > watchedSince && second < until;
        expect(truth.filter((second) => isWatched(second) && !known.has(second))).toEqual([]);
        await eventually(
          async () => [await candleCount(page), (await candleSeconds()).length],
          ([drawn, there]) => drawn === there,
        );
        const { skeleton, closed } = await words(page);
        expect(skeleton).toEqual(['none']);
        // [F2] All the time.
        expect(closed).toEqual(['closed']);
        const closes = await page.getByTestId('actions-chart').innerText();
        for (const label of labels) expect(closes).not.toContain(label);
      },
    );

    it.each(['dark', 'light'] as const)('fits what there is to say, %s', async (theme) => {
      await page.evaluate(
        (kept) => localStorage.setItem('tapedeck:preferences', kept),
        JSON.stringify({ theme }),
      );
      await page.reload();
      await isLive(page, BTC);
      await openPopover(page);
      await feedItem(page, DERIV_SPEC).waitFor();
      await shot(page, `feeds-${theme}`);
      const overflow = await page.getByTestId('feeds-popover').evaluate((popover) => {
        const { right, bottom, left } = popover.getBoundingClientRect();
        const isInside = left >= 0 && right <= innerWidth && bottom <= innerHeight;
        return [isInside, popover.scrollWidth - popover.clientWidth];
      });
      expect(overflow).toEqual([true, 0]);
    });

    it('has after a restart what was added', async () => {
      await shell.crashAndRestart();
      await eventually(
        () => page.getByTestId('connection-banner').count(),
        (count) => count === 0,
        RECOVERY_MS,
      );
      await isLive(page, BTC);
      await isLive(page, VOLATILITY);
      await openPopover(page);
      for (const spec of ['demo', BINANCE_SPEC, DERIV_SPEC]) {
        expect(await feedItem(page, spec).count(), spec).toBe(1);
      }
    });

    it('removes a feed by keyboard alone', async () => {
      if (await page.getByTestId('feeds-popover').isVisible()) await page.keyboard.press('Escape');
      await page.getByTestId('feeds-state').focus();
      await page.keyboard.press('Enter');
      await page.getByTestId('feed-spec').waitFor();
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
      for (let step = 0; step < 20; step += 1) {
        if ((await focused()) === `Remove feed ${BINANCE_SPEC}`) break;
        await page.keyboard.press('Tab');
      }
      expect(await focused()).toBe(`Remove feed ${BINANCE_SPEC}`);
      await page.keyboard.press('Enter');
      await eventually(
        () => feedItem(page, BINANCE_SPEC).count(),
        (count) => count === 0,
      );
      await eventually(
        () => row(page, BTC).count(),
        (count) => count === 0,
      );
      await eventually(
        () => binance.connections,
        (count) => count === 0,
      );
      // The keyboard is still where the work is, and the way out is the usual one.
      expect(await page.evaluate(() => document.activeElement?.closest('[popover]') !== null)).toBe(
        true,
      );
      await page.keyboard.press('Escape');
      await page.getByTestId('feed-spec').waitFor({ state: 'detached' });
      expect(shell.problems).toEqual([]);
    });
  },
);
