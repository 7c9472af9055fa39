import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backtestReportSchema } from '#contract/backtest-report.ts';
import type { BacktestView } from '#contract/backtest-requests.ts';
import { sweepReportSchema } from '#contract/backtest-sweep.ts';
import type { PushPayload } from '#contract/pushes.ts';
import type { RequestInput } from '#contract/requests.ts';
import type { Scope } from '#contract/scopes.ts';
import type { DecimalString } from '#domain/decimal.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { eventually, HubConnection } from '#tests/support/hub-connection.ts';
import { runCli, temporaryDirectory } from '#tests/support/serve-process.ts';
import { connectTo, startTestMonitor } from '#tests/support/test-monitor.ts';

const BTC = instrumentId('binance', 'BTC/USDT');
const START_MS = 1_735_689_600_000;
const TRADES = 60_000;
const BOT = {
  ...{ name: 'Cross', strategy: 'ma-cross', instrumentId: BTC },
  ...{ params: { fast: 5, slow: 20, quantity: '1' }, initialCash: '10000' as DecimalString },
};

/** A user's own: buys at its first trade, and breaks at the 500th. */
const FRAGILE = `export default {
  name: 'Fragile',
  description: 'For a test.',
  state: () => ({ trades: 0 }),
  onTrade(trade, bot) {
    bot.state.trades += 1;
    if (bot.state.trades === 1) bot.orders.place({ side: 'buy', quantity: 0.5, why: 'first' });
    if (bot.state.trades === 500) throw new Error('It broke');
  },
};
`;

/** A Binance spot trades file: two waves, so that averages cross. */
function tradeLines(): string {
  const lines = Array.from({ length: TRADES }, (_, index) => {
    const price = 1_000 + 50 * Math.sin(index / 900) + 10 * Math.sin(index / 70);
    return `${index + 1},${price.toFixed(2)},0.5,1,${START_MS + index * 500},True,True`;
  });
  return `${lines.join('\n')}\n`;
}

describe('[T5] backtests of a running monitor', () => {
  const directory = temporaryDirectory();
  const dataDirectory = join(directory.path, 'data');
  let monitor: Monitor;
  let owner: HubConnection;

  const start = async () => {
    monitor = await startTestMonitor({ dataDirectory });
    owner = await connectTo(monitor);
  };
  const stop = async () => {
    owner.close();
    await monitor.close();
  };
  beforeAll(async () => {
    mkdirSync(join(dataDirectory, 'strategies'), { recursive: true });
    writeFileSync(join(dataDirectory, 'strategies/fragile.js'), FRAGILE);
    await start();
    const file = join(directory.path, 'BTCUSDT-trades-2025-01-01.csv');
    writeFileSync(file, tradeLines());
    await owner.request('tape.import', { file });
    await eventually(
      () => owner.request('tape.jobs', {}),
      ({ jobs }) => jobs[0]?.state === 'done',
    );
  });
  afterAll(async () => {
    await stop();
    directory.remove();
  });

  const begin = (more: Partial<RequestInput<'backtests.start'>> = {}) =>
    owner.request('backtests.start', { bot: BOT, source: { kind: 'tape' }, ...more });
  const isOver = ({ state }: BacktestView) => state !== 'queued' && state !== 'running';
  const ended = (backtestId: string) =>
    eventually(
      () => owner.request('backtests.get', { backtestId }),
      ({ backtest }) => isOver(backtest),
      60_000,
    );
  const refusal = (asked: Promise<unknown>) =>
    asked.then(
      () => 'done',
      (error: Error) => error.message,
    );
  const connectAs = async (scopes: Scope[], more: { botIds?: string[] } = {}) => {
    const wish = { userId: 'owner', scopes, expiresInSeconds: 600, ...more };
    const { token } = await owner.request('tokens.issue', wish);
    return HubConnection.connect(monitor.url, token);
  };

  async function reportOfCli(...more: readonly string[]) {
    const file = join(directory.path, 'bot.json');
    writeFileSync(file, JSON.stringify(BOT));
    const { stdout } = await runCli(['replay', '--json', '--bot', file, ...more]).ended;
    return backtestReportSchema.parse(JSON.parse(stdout).bots[0].report);
  }

  it('give the report of the command line, to the last digit, and tell of it on the way', async () => {
    const told: BacktestView[] = [];
    await owner.subscribe('backtests');
    owner.socket.on('backtest:update', ({ backtest }: PushPayload<'backtest:update'>) => {
      told.push(backtest);
    });
    const begun = await begin();
    expect(begun).toMatchObject({
      ...{ runs: 1, figures: null, error: null },
      source: { kind: 'tape', fromTime: START_MS, toTime: START_MS + (TRADES - 1) * 500 + 1 },
    });
    const { backtest, report, sweep } = await ended(begun.id);
    expect(backtest).toMatchObject({ state: 'done', progress: 1, runsDone: 1 });
    expect(sweep).toBeNull();
    expect(report?.fills).toBeGreaterThan(10);
    expect(backtest.figures).toMatchObject({ pnl: report?.pnl, fills: report?.fills });
    await eventually(
      () => told.at(-1),
      (last) => last?.state === 'done',
    );
    const shares = told.filter(({ id }) => id === begun.id).map(({ progress }) => progress);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));

    expect(report).toEqual(await reportOfCli('--data-dir', dataDirectory));

    const headers = { authorization: `Bearer ${readFileSync(monitor.tokenFile, 'utf8').trim()}` };
    const page = await fetch(`${monitor.url}/api/v1/backtests/${begun.id}/page`, { headers });
    const html = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    expect(html).toBe((await owner.request('backtests.page', { backtestId: begun.id })).html);
    expect(html).toContain('<title>Cross');
  });

  it('play imported candles, as the command line plays their file', async () => {
    const file = join(directory.path, 'candles.csv');
    const lines = Array.from({ length: 3_000 }, (_, minute) => {
      const price = 1_000 + 100 * Math.sin(minute / 60) + 20 * Math.sin(minute / 9);
      return `${START_MS + minute * 60_000},${price},${price + 1},${price - 1},${price},5`;
    });
    writeFileSync(file, ['time,open,high,low,close,volume', ...lines].join('\n'));
    await owner.request('tape.import', { file, instrumentId: BTC });
    await eventually(
      () => owner.request('tape.jobs', {}),
      ({ jobs }) => jobs[0]?.state === 'done',
    );
    const { id } = await begin({ source: { kind: 'candles', interval: '1m' } });
    const { backtest, report } = await ended(id);
    expect(backtest.source).toEqual({
      ...{ kind: 'candles', interval: '1m' },
      ...{ fromTime: START_MS, toTime: START_MS + 3_000 * 60_000 },
    });
    expect(report?.played).toEqual({ trades: 0, candles: 3_000, gaps: 0 });
    const ofFile = await reportOfCli('--data-dir', dataDirectory, '--candles', file);
    expect(report).toEqual({ ...ofFile, source: { ...ofFile.source, name: null } });
    expect(report).toEqual(await reportOfCli('--data-dir', dataDirectory, '--imported', '1m'));
    // The bot wants what cannot be made of them.
    const params = { ...BOT.params, interval: '1s' };
    const source = { kind: 'candles', interval: '1m' } as const;
    expect(await refusal(begin({ bot: { ...BOT, params }, source }))).toContain('candles of 1s');
  });

  it('rank a grid, with the part that was held out', async () => {
    const { id } = await begin({
      sweep: { grid: { fast: { from: 5, to: 25, step: 10 }, slow: [20, 60] }, holdout: 0.3 },
    });
    const { backtest, report, sweep } = await ended(id);
    expect(report).toBeNull();
    expect(backtest).toMatchObject({ state: 'done', runs: 6, runsDone: 6, progress: 1 });
    const ranking = sweepReportSchema.parse(sweep);
    expect(ranking.runs).toHaveLength(6);
    expect(ranking.rankedBy).toBe('sharpe');
    expect(backtest.figures).toEqual(ranking.runs[0]?.figures);
    expect(ranking.runs.filter(({ error }) => error !== null)).toHaveLength(1);
  });

  it('play the source of another one again', async () => {
    const first = await begin({
      source: {
        kind: 'tape',
        fromTime: START_MS as never,
        toTime: (START_MS + 6_000_000) as never,
      },
    });
    const params = { ...BOT.params, fast: 7 };
    const again = await begin({
      bot: { ...BOT, params },
      source: { kind: 'sameAs', backtestId: first.id },
    });
    expect(again.source).toEqual(first.source);
    expect((await ended(again.id)).report?.played.trades).toBe(12_000);
  });

  it('end at once when they are canceled, and are removed then', async () => {
    const grid = { fast: { from: 2, to: 40 }, slow: { from: 41, to: 90 } };
    const { id } = await begin({ sweep: { grid } });
    const { id: waiting } = await begin();
    expect(await refusal(owner.request('backtests.remove', { backtestId: id }))).toMatch(
      /^invalid_state/,
    );
    const canceled = await owner.request('backtests.cancel', { backtestId: id });
    expect(canceled).toMatchObject({ state: 'canceled', runs: 1_950 });
    expect((await ended(waiting)).backtest.state).toBe('done');
    const removed = new Promise((resolve) => owner.socket.once('backtest:removed', resolve));
    await owner.request('backtests.remove', { backtestId: id });
    expect(await removed).toMatchObject({ channel: 'backtests', backtestId: id });
    const { items } = await owner.request('backtests.list', {});
    expect(items.map((one) => one.id)).not.toContain(id);
    expect(items.map((one) => one.id)).toContain(waiting);
  });

  it('say what is wrong with them before they are queued, or as their failure', async () => {
    const start = (more: Partial<RequestInput<'backtests.start'>>) => refusal(begin(more));
    expect(await start({ bot: { ...BOT, strategy: 'oracle' } })).toContain(
      'bot.strategy: there is',
    );
    expect(await start({ bot: { ...BOT, params: { fast: -1 } } })).toContain('bot.params.fast: ');
    expect(await start({ sweep: { grid: { luck: [1] } } })).toContain('no parameter luck');
    const grid = { fast: { from: 1, to: 200 }, slow: { from: 1, to: 200 } };
    expect(await start({ sweep: { grid } })).toContain('40000 runs');
    expect(await start({ bot: { ...BOT, instrumentId: instrumentId('a', 'B/C') } })).toMatch(
      /^unknown_instrument/,
    );
    expect(await start({ source: { kind: 'candles', interval: '5m' } })).toContain(
      'No candles of 5m',
    );
    expect(await start({ source: { kind: 'candleFile', file: 'here.csv' } })).toContain(
      'absolute path',
    );
    const { id } = await begin({ source: { kind: 'candleFile', file: '/nowhere/candles.csv' } });
    const { backtest } = await ended(id);
    expect(backtest).toMatchObject({ state: 'failed', source: { name: 'candles.csv' } });
    expect(backtest.error).toBe('There is no file candles.csv.');
  });

  it('run the user’s own strategies; where one breaks, what there is up to then stays', async () => {
    const { id } = await begin({ bot: { ...BOT, strategy: 'user:fragile', params: {} } });
    const { backtest, report } = await ended(id);
    expect(backtest).toMatchObject({ state: 'failed', figures: { fills: 1 } });
    expect(backtest.error).toMatch(/It broke .*fragile\.js:8/);
    expect(report).toMatchObject({ state: 'error', fills: 1 });
    expect(report?.played.trades).toBeLessThan(TRADES / 2);
  });

  it('are listed, shown and removed by command', async () => {
    const { id } = await begin();
    await ended(id);
    const place = ['--data-dir', dataDirectory, '--port', new URL(monitor.url).port];
    const run = (...args: readonly string[]) => runCli(['backtests', ...args, ...place]).ended;
    expect((await run('list')).stdout.split('\n')[0]).toMatch(
      new RegExp(`^${id} .* done .* Cross, ma-cross on ${BTC} `),
    );
    const html = join(directory.path, 'page.html');
    const shown = await run('show', id, '--html', html);
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('Sharpe')]);
    expect(readFileSync(html, 'utf8')).toContain('<title>Cross');
    expect((await run('remove', id)).code).toBe(0);
    const gone = await run('show', id);
    expect([gone.code, gone.stderr]).toEqual([1, expect.stringContaining('no backtest')]);
  });

  it('[H2] need their scope, and a token that reaches every bot', async () => {
    const { id } = await begin();
    const reader = await connectAs(['read']);
    const asks = { bot: BOT, source: { kind: 'tape' } } as const;
    expect((await reader.request('backtests.list', {})).items[0]?.id).toBe(id);
    expect(await refusal(reader.request('backtests.start', asks))).toMatch(/^access_denied/);
    reader.close();
    const trader = await connectAs(['read', 'trade']);
    const file = { kind: 'candleFile', file: '/etc/passwd' } as const;
    expect(await refusal(trader.request('backtests.start', { ...asks, source: file }))).toMatch(
      /^access_denied/,
    );
    await trader.request('backtests.start', asks);
    trader.close();
    const guest = await connectAs(['read', 'trade'], { botIds: ['b1'] });
    for (const asked of [
      guest.request('backtests.list', {}),
      guest.request('backtests.get', { backtestId: id }),
      guest.request('backtests.start', asks),
      guest.subscribe('backtests'),
    ]) {
      expect(await refusal(asked)).toMatch(/^access_denied/);
    }
    guest.close();
    await ended(id);
  });

  it('are there after a restart; what ran then is failed, and what waited goes on', async () => {
    const { id: finished } = await begin();
    await ended(finished);
    const grid = { fast: { from: 2, to: 40 }, slow: { from: 41, to: 90 } };
    const { id: running } = await begin({ sweep: { grid } });
    const { id: waiting } = await begin();
    await stop();
    await start();
    expect((await ended(finished)).report?.state).toBe('completed');
    expect((await ended(running)).backtest).toMatchObject({
      ...{ state: 'failed', error: 'The monitor ended while it ran.' },
    });
    expect((await ended(waiting)).backtest.state).toBe('done');
  });
});
