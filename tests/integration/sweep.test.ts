import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepReportSchema } from '#contract/backtest-sweep.ts';
import { projectRoot, temporaryDirectory } from '../support/serve-process.ts';

const directory = temporaryDirectory();
afterAll(() => directory.remove());
const bot = join(directory.path, 'bot.json');
const candles = join(directory.path, 'candles.csv');
const MINUTES = 3_000;

beforeAll(() => {
  const draft = { name: 'Cross', strategy: 'ma-cross', instrumentId: 'demo:BTC/USDT' };
  const params = { average: 'SMA', quantity: '1' };
  writeFileSync(bot, JSON.stringify({ ...draft, params, initialCash: '10000', takerFeeBps: 1 }));
  // Two waves: which averages do well depends on their lengths.
  const lines = Array.from({ length: MINUTES }, (_, minute) => {
    const price = 1_000 + 100 * Math.sin(minute / 60) + 20 * Math.sin(minute / 9);
    return `${1_735_689_600_000 + minute * 60_000},${price},${price + 1},${price - 1},${price},5`;
  });
  writeFileSync(candles, ['time,open,high,low,close,volume', ...lines].join('\n'));
});

function begin(...more: readonly string[]) {
  const args = ['sweep', '--bot', bot, '--candles', candles, '--data-dir', directory.path, ...more];
  const child = spawn(process.execPath, [join(projectRoot, 'src/main/cli.ts'), ...args]);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  );
  return { child, ended };
}

describe('sweep', () => {
  it('ranks every combination, with the part that was held out beside', async () => {
    const { ended } = begin(
      ...['--json', '--grid', 'fast=5..35:10,slow=20|60', '--by', 'pnl', '--holdout', '30%'],
    );
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    const report = sweepReportSchema.parse(JSON.parse(stdout));
    const { fromTime, holdoutTime, toTime, runs, warnings } = report;
    expect(runs).toHaveLength(8);
    expect(holdoutTime).toBe(Math.floor(toTime - 0.3 * (toTime - fromTime)));
    const ranked = runs.flatMap(({ figures }) => (figures ? [Number(figures.pnl)] : []));
    expect(ranked).toEqual(ranked.toSorted((a, b) => b - a));
    expect(runs.every(({ figures, holdout }) => (figures === null) === (holdout === null))).toBe(
      true,
    );
    // A fast average that is slower than the slow one is refused, and says so; the rest goes on.
    const refused = runs.filter(({ error }) => error !== null);
    expect(refused.map(({ params }) => params)).toEqual([
      ...[
        { fast: 25, slow: 20 },
        { fast: 35, slow: 20 },
      ],
    ]);
    expect(refused[0]?.error).toContain('must be longer than the fast average');
    // Nothing was chosen from those.
    expect(warnings[0]).toContain('6 runs');
  });

  it('prints a table, and what to think of it', async () => {
    const { code, stdout, stderr } = await begin('--grid', 'fast=5..7,slow=60', '--by', 'sharpe')
      .ended;
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toMatch(
      /no\.\s+fast\s+slow\s+sharpe\s+return\s+drawdown\s+trips/,
    );
    expect(stderr).toContain('Nothing was held out');
  });

  it('Ctrl-C ends it, which it says', async () => {
    const { child, ended } = begin('--grid', 'fast=2..40,slow=41..90');
    child.stderr.once('data', () => child.kill('SIGINT'));
    const { code, stdout, stderr } = await ended;
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toContain('Canceled.');
  });

  it('refuses a grid that is none', async () => {
    const { code, stderr } = await begin('--grid', 'fast=9..1').ended;
    expect(code).toBe(1);
    expect(stderr).toContain('is not like');
  });
});
