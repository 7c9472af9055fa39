import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import type { BacktestReport } from '#contract/backtest-report.ts';
import { backtestReportSchema } from '#contract/backtest-report.ts';
import { decimal } from '#domain/decimal.ts';
import { projectRoot, temporaryDirectory } from '../support/serve-process.ts';

const run = promisify(execFile);
const CANDLES = join(projectRoot, '../shared/data/candles/btc-perp-1m.csv.gz');
const hasCandles = existsSync(CANDLES);
const directory = temporaryDirectory();
afterAll(() => directory.remove());

const BOT = {
  ...{ name: 'Cross', strategy: 'ma-cross', instrumentId: 'okx:BTC/USDT:USDT' },
  ...{ initialCash: '100000', takerFeeBps: 5, makerFeeBps: 2 },
};

async function replay(bot: object, ...more: readonly string[]) {
  const file = join(directory.path, 'bot.json');
  writeFileSync(file, JSON.stringify(bot));
  const args = ['replay', '--json', '--bot', file, '--data-dir', directory.path, ...more];
  return run(process.execPath, [join(projectRoot, 'src/main/cli.ts'), ...args]).catch(
    (failed: { stdout: string; stderr: string; code: number }) => failed,
  );
}

async function reportOf(bot: object, ...more: readonly string[]): Promise<BacktestReport> {
  const { stdout } = await replay(bot, ...more);
  return backtestReportSchema.parse(JSON.parse(stdout).bots[0].report);
}

describe('candles of a file', () => {
  it.skipIf(!hasCandles)(
    `are played to a report by the command line${hasCandles ? '' : ' (needs ../shared/data)'}`,
    async () => {
      const report = await reportOf(BOT, '--candles', CANDLES);
      expect(report).toMatchObject({
        source: { kind: 'candles', name: 'btc-perp-1m.csv.gz', interval: '1m' },
        played: { trades: 0, candles: 45_031, gaps: 0 },
        state: 'completed',
        currency: 'USDT',
        returns: { periodMs: 86_400_000, count: 31 },
      });
      expect(report.fills).toBeGreaterThan(100);
      expect(report.days).toHaveLength(33);
      // Money adds up: what is left is what there was, and what came of it.
      const sum = decimal(report.initialEquity)
        .plus(report.realizedPnl)
        .plus(report.unrealizedPnl)
        .minus(report.fees);
      expect(sum.toFixed()).toBe(report.finalEquity);
      // The price of the first close and of the last.
      expect(report.buyAndHold).toMatchObject({ firstPrice: 46_377, lastPrice: 38_544 });
      // Of a part, with the past of the part to warm up on.
      const part = await reportOf(BOT, '--candles', CANDLES, '--range', '2022-01-10..2022-01-11');
      expect(part.played.candles).toBe(1_440);
      expect(part.logs.map(({ message }) => message).join('\n')).toMatch(
        /Warmed up with (\d+) of \1 /,
      );
    },
  );

  it('says which lines are bad, and refuses what cannot be', async () => {
    const lines = Array.from({ length: 300 }, (_, minute) => {
      const price = 100 + 10 * Math.sin(minute / 10);
      return `${1_735_689_600_000 + minute * 60_000},${price},${price + 1},${price - 1},${price},5`;
    });
    lines[99] = 'nonsense';
    const file = join(directory.path, 'sine.csv');
    writeFileSync(file, ['time,open,high,low,close,volume', ...lines].join('\n'));
    const { stdout, stderr } = await replay(BOT, '--candles', file);
    expect(stderr).toContain('line 101: has 1 columns in place of 6');
    const { played } = JSON.parse(stdout).bots[0].report;
    expect(played).toEqual({ trades: 0, candles: 299, gaps: 1 });
    const seconds = { ...BOT, params: { interval: '1s' } };
    expect((await replay(seconds, '--candles', file)).stderr).toContain('candles of 1s');
    expect((await replay(BOT, '--candles', join(directory.path, 'none.csv'))).stderr).toContain(
      'There is no file',
    );
    const grid = { ...BOT, strategy: 'grid', params: { levels: 3, spacingBps: 100 } };
    expect(
      JSON.parse((await replay(grid, '--candles', file)).stdout).bots[0].fills.length,
    ).toBeGreaterThan(5);
  });
});

describe('a report', () => {
  const HOSTILE = `=cmd|'/c calc'!A1 </script><img src=x> "a", 격자 😀`;
  const CROSS = {
    ...BOT,
    ...{ name: HOSTILE, params: { fast: 3, slow: 10, quantity: '1', directions: 'both' } },
  };
  const candlesAt = (scale: number): string => {
    const at = (minute: number) =>
      Number((scale * (1 + 0.1 * Math.sin(minute / 20))).toPrecision(8));
    const lines = Array.from({ length: 600 }, (_, minute) => {
      const [open, close] = [at(minute), at(minute + 1)];
      const [low, high] = [Math.min(open, close), Math.max(open, close)];
      return `${1_735_689_600_000 + minute * 60_000},${open},${high},${low},${close},5`;
    });
    const file = join(directory.path, 'scaled.csv');
    writeFileSync(file, ['time,open,high,low,close,volume', ...lines].join('\n'));
    return file;
  };

  it('is not made under a name that would clear a terminal', async () => {
    const bot = { ...BOT, name: 'Cross \u001b[2J' };
    const { stderr } = await replay(bot, '--candles', candlesAt(1));
    expect(stderr).toContain('has a character that controls how text is shown');
  });

  it.each([1e-8, 1e-12, 1e9, -40])('tells what came of it at prices of about %d', async (scale) => {
    const html = join(directory.path, 'scaled.html');
    const bot = { ...CROSS, initialCash: '10000000000' };
    const { stdout } = await replay(bot, '--candles', candlesAt(scale), '--html', html);
    const report = backtestReportSchema.parse(JSON.parse(stdout).bots[0].report);
    expect(report.bot.name).toBe(HOSTILE);
    expect(report.fills).toBeGreaterThan(7);
    const page = readFileSync(html, 'utf8');
    const figures = [...page.matchAll(/<b>(.*?)<\/b>/g)].map(([, text]) => text);
    expect(figures).toHaveLength(12);
    const [pnlPercent, , , fees] = figures;
    expect(Number.parseFloat(pnlPercent ?? '')).not.toBe(0);
    expect(Number.parseFloat(fees ?? '')).not.toBe(0);
    const cells = [
      ...page.matchAll(/<td>([^<]*)<\/td><td>([^<]*)<\/td><td>([^<]*)<\/td><td class/g),
    ];
    for (const [, ...numbers] of cells) for (const one of numbers) expect(Number(one)).not.toBe(0);
    expect(cells).toHaveLength(report.trips.length);
    expect(page).not.toMatch(/NaN|Infinity|<img/);
  });

  it('is printed also where its page cannot be written', async () => {
    const html = join(directory.path, 'no such folder', 'page.html');
    const { stdout, stderr, ...end } = await replay(
      BOT,
      '--candles',
      candlesAt(100),
      '--html',
      html,
    );
    expect(end).toMatchObject({ code: 1 });
    expect(stderr).toContain('page.html cannot be written');
    backtestReportSchema.parse(JSON.parse(stdout).bots[0].report);
  });
});

it('a strategy whose file cannot be used is told with its line, before anything is played', async () => {
  const strategies = join(directory.path, 'strategies');
  mkdirSync(strategies, { recursive: true });
  writeFileSync(join(strategies, 'mine.js'), 'export default {\n  name: ;\n};');
  const candles = join(directory.path, 'few.csv');
  writeFileSync(candles, 'time,open,high,low,close,volume\n2024-01-01T00:00:00Z,1,2,1,2,5\n');
  const bot = { ...BOT, strategy: 'user:mine' };
  const told = /^the file of the strategy user:mine cannot be used: .* \(mine\.js:2\)\n$/;
  expect(await replay(bot, '--candles', candles)).toMatchObject({
    ...{ code: 1, stdout: '' },
    stderr: expect.stringMatching(told),
  });
});
