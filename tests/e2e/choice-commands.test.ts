import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/hub-connection.ts';
import { askOfCommand, runCommand, useDemoShell } from './demo-shell.ts';
import { hasChromium, needsChromium } from './shells.ts';

const STEP_MS = 15_000;
const FROM = Date.UTC(2024, 7, 8, 12, 0, 0);
const IMPORTED = 'binance:BTC/USDT';
const FEW = 40_000;
/** Enough for all that is done while they are read. */
const MANY = 600_000;

function csv(trades: number): string {
  const lines = Array.from({ length: trades }, (_, index) => {
    const price = (60_000 + 400 * Math.sin(index / 900)).toFixed(2);
    return `${index + 1},${FROM + index * 1_000},${price},0.25,${index % 3 === 0 ? 'sell' : 'buy'}`;
  });
  return ['id,timestamp,price,amount,side', ...lines].join('\n');
}

describe.skipIf(!hasChromium)(`commands that ask which one is meant${needsChromium}`, () => {
  const demo = useDemoShell({ stepMs: STEP_MS });
  let page: Page;

  beforeAll(() => {
    page = demo.page;
  });

  const run = (words: string) => runCommand(page, words);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Chooses what is found by the words among what the command asks. */
  const choose = async (command: string, question: string, words: string) => {
    await askOfCommand(page, command);
    await page.getByRole('listbox', { name: question }).waitFor();
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
  };
  const isDone = () => page.getByTestId('command-palette').waitFor({ state: 'detached' });
  const chosen = async (...asked: Parameters<typeof choose>) => {
    await choose(...asked);
    await isDone();
  };
  /** The first answer keeps all as it is: one key too many does nothing. */
  const confirm = async (...keys: readonly string[]) => {
    await page.getByTestId('palette-confirm').waitFor();
    await press(...keys);
    await isDone();
  };

  describe('of files', () => {
    const pathOf = (name: string) => join(demo.directory.path, name);
    const importFile = async (name: string) => {
      await run('import a file to the tape');
      await eventually(focused, (id) => id === 'import-file');
      await page.keyboard.press('Control+a');
      await page.keyboard.type(pathOf(name));
      await page.getByTestId('import-instrument').fill(IMPORTED);
      await page.keyboard.press('Enter');
    };
    const reaches = (name: string, state: string) =>
      page.locator(`[data-testid="tape-job"][data-state="${state}"]`, { hasText: name }).waitFor();

    it('go on with an import that has failed, once its file is there', async () => {
      await importFile('waves.csv');
      await reaches('waves.csv', 'failed');
      writeFileSync(pathOf('waves.csv'), csv(FEW));
      await chosen('resume an import', 'Which import or export is to be resumed?', 'waves failed');
      await reaches('waves.csv', 'done');
    });

    it('cancel an import that runs, also where no panel shows it', async () => {
      writeFileSync(pathOf('many.csv'), csv(MANY));
      await importFile('many.csv');
      await reaches('many.csv', 'running');
      await run('close');
      await page.getByTestId('tape-job').first().waitFor({ state: 'detached' });
      await chosen('cancel an import', 'Which import or export is to be canceled?', 'many');
      await run('show tape files');
      await reaches('many.csv', 'canceled');
    });
  });

  describe('of backtests', () => {
    const rows = () => page.locator('[data-testid^="backtest-row-"]').count();
    const stateOf = () => page.getByTestId('backtest-detail').getAttribute('data-state');

    it('cancel one that runs', async () => {
      await run('new backtest');
      await eventually(focused, (id) => id === 'backtest-name');
      await page.keyboard.type('Waves');
      await page.getByTestId('backtest-strategy').selectOption('grid');
      await page.getByTestId('backtest-instrument').selectOption(IMPORTED);
      await page.getByTestId('backtest-is-sweep').check();
      const field = (name: string) => page.getByTestId('backtest').getByTestId(`bot-field-${name}`);
      await field('levels').fill('2..50');
      await field('spacingBps').fill('1..200');
      await page.keyboard.press('Enter');
      await eventually(stateOf, (state) => state === 'running');
      await chosen('cancel a backtest', 'Which backtest is to be canceled?', 'waves running');
      await eventually(stateOf, (state) => state === 'canceled');
    });

    it('remove one only when that is confirmed', async () => {
      const remove = () =>
        choose('remove a backtest', 'Which backtest is to be removed?', 'waves canceled');
      expect(await rows()).toBe(1);
      await remove();
      await confirm('Enter');
      expect(await rows()).toBe(1);
      await remove();
      await confirm('ArrowDown', 'Enter');
      await eventually(rows, (count) => count === 0);
    });
  });

  it('give a group of the watchlist another name, and remove it with a way back', async () => {
    const heading = (name: string) => page.getByRole('treeitem').getByText(name, { exact: true });
    await run('new group');
    await eventually(focused, (id) => id === 'group-name');
    await page.keyboard.type('Majors');
    await page.keyboard.press('Enter');
    await heading('Majors').waitFor();
    // A search shows no groups.
    await run('watchlist: search');
    await page.keyboard.type('btc');
    await heading('Majors').waitFor({ state: 'detached' });
    await chosen('rename a group', 'Which group is to be renamed?', 'majors');
    await eventually(focused, (id) => id === 'group-name');
    await page.keyboard.type('Watched most');
    await page.keyboard.press('Enter');
    await heading('Watched most').waitFor();
    await chosen('remove a group', 'Which group is to be removed? What is in it stays', 'watched');
    await heading('Watched most').waitFor({ state: 'detached' });
    await page.getByText('The group Watched most was removed.').waitFor();
    await page.keyboard.press('Control+z');
    await heading('Watched most').waitFor();
  });

  describe('of the journal', () => {
    const notes = () => page.getByTestId('journal-note').locator('p').allInnerTexts();

    it('edit a note in the journal, whatever that was searched for', async () => {
      await page.keyboard.press('Alt+j');
      await eventually(focused, (id) => id === 'journal-text');
      await page.keyboard.type('Bought too early');
      await page.getByTestId('journal-write').focus();
      await page.keyboard.press('Enter');
      await eventually(notes, ([text]) => text === 'Bought too early');
      await page.getByTestId('journal-search').focus();
      await page.keyboard.type('something else');
      await eventually(notes, ({ length }) => length === 0);
      await chosen('edit a note', 'Which note is to be edited?', 'early');
      await eventually(focused, (id) => id === 'journal-note-text');
      await press('Control+End');
      await page.keyboard.type(', again');
      await press('Tab', 'Tab');
      expect(await focused()).toBe('journal-keep');
      await page.keyboard.press('Enter');
      await eventually(notes, ([text]) => text === 'Bought too early, again');
    });

    it('remove one only when that is confirmed, and the journal shows it no more', async () => {
      const remove = () => choose('remove a note', 'Which note is to be removed?', 'again');
      await remove();
      await confirm('Enter');
      expect(await notes()).toEqual(['Bought too early, again']);
      await remove();
      await confirm('ArrowDown', 'Enter');
      await eventually(notes, ({ length }) => length === 0);
    });
  });

  it('did all of that without a complaint of the page', () => {
    expect(demo.shell.problems).toEqual([]);
  });
});
