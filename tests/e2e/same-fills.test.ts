import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceInstrumentId } from '#contract/decks.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { Fill } from '#domain/fill.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { eventually, HubConnection } from '../support/hub-connection.ts';
import { hasRecordings, needsRecordings, SPOT_BTCUSDT } from '../support/recordings.ts';
import { runCli, temporaryDirectory } from '../support/serve-process.ts';
import {
  buildScreen,
  hasChromium,
  launchChromium,
  needsChromium,
  openServeShell,
  type Shell,
} from './shells.ts';

const INSTRUMENT = 'binance:BTC/USDT' as InstrumentId;
const TRADES = 9_757;
/** Dense enough for dozens of fills in the recording's six minutes. */
const GRID = {
  name: 'Dense grid',
  strategy: 'grid',
  instrumentId: INSTRUMENT,
  params: { levels: 40, spacingBps: 0.5, quantity: '0.01' },
  initialCash: '100000' as DecimalString,
  makerFeeBps: 1,
  takerFeeBps: 5,
};
/** The bot's last fills, as many as its table holds. */
const SHOWN = 100;

/** All of a fill that is of the market; ids and names are the deck's own. */
const told = ({ eventTime, side, price, quantity, fee, ...fill }: Fill) => ({
  ...{ eventTime, side, price, quantity, fee },
  feeCurrency: fill.feeCurrency,
  liquidity: fill.liquidity,
  realizedPnl: fill.realizedPnl,
  instrumentId: sourceInstrumentId(fill.instrumentId) ?? fill.instrumentId,
});

interface Played {
  readonly fills: readonly ReturnType<typeof told>[];
  /** The rows of the bot's table, as they are read on the screen. */
  readonly rows: readonly string[];
  readonly elapsedMs: number;
}

describe.skipIf(!hasChromium || !hasRecordings)(
  `[T5] the same fills everywhere${needsChromium || needsRecordings}`,
  () => {
    const directory = temporaryDirectory();
    let browser: Browser;
    let shell: Shell & { url: string };
    let page: Page;
    let hub: HubConnection;
    let at60: Played;

    beforeAll(async () => {
      await buildScreen();
      browser = await launchChromium();
      shell = await openServeShell({ browser, dataDirectory: directory.path, feed: 'demo' });
      page = shell.page;
      hub = await HubConnection.ofOwner(shell.url, directory.path);
      const { id } = await hub.request('tape.import', { file: SPOT_BTCUSDT });
      const job = await eventually(
        async () => (await hub.request('tape.jobs', {})).jobs.find((one) => one.id === id),
        (one) => one?.endedTime !== null,
      );
      expect(job).toMatchObject({ state: 'done', trades: TRADES, instrumentIds: [INSTRUMENT] });
    });
    afterAll(async () => {
      hub?.close();
      await shell?.close();
      await browser?.close();
      directory.remove();
    });

    const attribute = (name: string) => page.getByTestId('deck-bar').getAttribute(name);

    /** Drives a deck as a user does, to its end, and closes it. */
    async function playOnScreen(speed: '60' | 'max'): Promise<Played> {
      const deck = await hub.request('replay.open', { instruments: [INSTRUMENT], bots: [GRID] });
      await page.getByRole('tab', { name: /^Replay/ }).click();
      await page.getByTestId(`deck-row-${deck.id}`).getByRole('button').first().click();
      await eventually(
        () => attribute('aria-label'),
        (label) => label === `Replay deck ${deck.id}`,
      );
      await page.getByTestId('deck-speed').selectOption(speed);
      await eventually(
        async () => (await hub.request('replay.get', { deckId: deck.id })).speed,
        (now) => String(now) === speed,
      );
      const startedAt = performance.now();
      await page.getByTestId('deck-play').click();
      await eventually(
        () => attribute('data-state'),
        (state) => state === 'ended',
      );
      const elapsedMs = performance.now() - startedAt;
      const { tradesPlayed, botIds } = await hub.request('replay.get', { deckId: deck.id });
      expect(tradesPlayed).toBe(TRADES);
      const botId = botIds[0] ?? '';
      const { items } = await hub.request('fills.list', { botId, limit: 1_000 });
      const rows = await fillRows(botId, Math.min(items.length, SHOWN));
      await page.getByTestId('deck-close').click();
      await page.getByTestId('deck-bar').waitFor({ state: 'detached' });
      return { fills: items.toReversed().map(told), rows, elapsedMs };
    }

    async function fillRows(botId: string, count: number): Promise<string[]> {
      await page.getByRole('tab', { name: /^Bots/ }).click();
      await page.getByTestId(`bot-row-${botId}`).click();
      await eventually(
        () => page.getByTestId('fill-row').count(),
        (shown) => shown === count,
      );
      return page.getByTestId('fill-row').allInnerTexts();
    }

    it('fills dozens of times in a deck at 60×, played by its buttons, as the screen says', async () => {
      at60 = await playOnScreen('60');
      expect(at60.fills.length).toBeGreaterThan(36);
      expect(new Set(at60.fills.map(({ side }) => side))).toEqual(new Set(['buy', 'sell']));
      // Nearly six minutes at 60×: it was paced, and not merely played.
      expect(at60.elapsedMs).toBeGreaterThan(5_000);
      const newest = at60.fills.toReversed().slice(0, SHOWN);
      for (const [index, { side, price, quantity }] of newest.entries()) {
        const [, ...cells] = at60.rows[index]?.replaceAll(',', '').split('\t') ?? [];
        expect(cells[0]).toContain(side);
        expect(cells.slice(1, 3).map(Number)).toEqual([Number(price), Number(quantity)]);
      }
    });

    it('fills the same at max in a second deck, to the last digit', async () => {
      const atMax = await playOnScreen('max');
      expect(atMax.fills).toEqual(at60.fills);
      expect(atMax.rows).toEqual(at60.rows);
    });

    it('fills the same headless, beside the monitor, at max and at 300×', async () => {
      const bot = join(directory.path, 'bot.json');
      writeFileSync(bot, JSON.stringify(GRID));
      for (const speed of ['max', '300']) {
        const { code, stdout, stderr } = await runCli([
          ...['replay', '--json', '--speed', speed],
          ...['--bot', bot, '--data-dir', directory.path],
        ]).ended;
        expect([code, stderr]).toEqual([0, '']);
        const { bots, tradesPlayed } = JSON.parse(stdout);
        expect(tradesPlayed).toBe(TRADES);
        expect(bots[0].fills.map(told)).toEqual(at60.fills);
      }
    });

    it('says nothing was wrong with the page', () => {
      expect(shell.problems).toEqual([]);
    });
  },
);
