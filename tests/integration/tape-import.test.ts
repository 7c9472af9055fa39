import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PushPayload } from '#contract/pushes.ts';
import type { RequestResult } from '#contract/requests.ts';
import type { TapeJob } from '#contract/tape-requests.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { eventually, type HubConnection } from '../support/hub-connection.ts';
import { runCli, type TemporaryDirectory, temporaryDirectory } from '../support/serve-process.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';
import { tortureImporting } from '../torture/importing.ts';

const BTC = 'binance:BTC/USDT';
const START_MS = 1_735_689_600_000;

/** A Binance spot trades file. */
function lines(count: number): string {
  let text = '';
  for (let id = 1; id <= count; id++)
    text += `${id},${(100 + (id % 997) / 100).toFixed(2)},0.5,1,${START_MS + id * 5},True,True\n`;
  return text;
}

let directory: TemporaryDirectory;
const pathOf = (name: string) => join(directory.path, name);
function writeTrades(count: number): string {
  const file = pathOf('BTCUSDT-trades-2025-01-01.csv');
  writeFileSync(file, lines(count));
  return file;
}

beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

describe('jobs of a running hub', () => {
  let monitor: Monitor;
  let client: HubConnection;

  const start = async () => {
    monitor = await startTestMonitor({ dataDirectory: pathOf('data'), feeds: ['demo'] });
    client = await connectTo(monitor);
  };
  const stop = async () => {
    client.close();
    await monitor.close();
  };
  beforeEach(start);
  afterEach(stop);

  const jobOf = async (id: string) => {
    const { jobs } = await client.request('tape.jobs', {});
    return jobs.find((job) => job.id === id) as TapeJob;
  };
  const ended = (id: string) =>
    eventually(
      () => jobOf(id),
      ({ state }) => state !== 'running' && state !== 'waiting',
      40_000,
    );
  const stretch = (info: RequestResult<'tape.info'>) =>
    info.instruments.find(({ instrumentId }) => instrumentId === BTC);

  it('[T3] imports and exports in a thread, tells its progress, and the hub stays at hand', async () => {
    const progress: number[] = [];
    await client.subscribe('tape:jobs');
    client.socket.on('tape:jobs', ({ jobs }: PushPayload<'tape:jobs'>) => {
      progress.push(jobs[0]?.progress ?? 0);
    });
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const { id } = await client.request('tape.import', { file: writeTrades(300_000) });
    expect(await ended(id)).toMatchObject({
      ...{ state: 'done', trades: 300_000, badLines: 0, instrumentIds: [BTC], progress: 1 },
      endedTime: expect.any(Number),
    });
    delay.disable();
    expect(stretch(await client.request('tape.info', {}))).toEqual({
      ...{ instrumentId: BTC, trades: 300_000 },
      ...{ firstTime: START_MS + 5, lastTime: START_MS + 1_500_000 },
    });
    await eventually(
      () => progress.at(-1),
      (last) => last === 1,
    );
    expect(progress.some((share) => share > 0 && share < 1)).toBe(true);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    // Generous: other tests share the machine. Imported in this thread, it would be seconds.
    expect(delay.max / 1e6).toBeLessThan(700);
    const trades = await client.request('trades.get', {
      ...{ instrumentId: BTC as never, fromTime: (START_MS + 500) as never, limit: 2 },
    });
    expect(trades.trades.map((trade) => trade.id)).toEqual(['100', '101']);

    const range = `${START_MS}..${START_MS + 1_000}`;
    await client.request('feeds.add', { spec: `replay:${BTC}@${range}@max` });
    const played = await eventually(
      () => client.request('trades.get', { instrumentId: 'replay:BTC/USDT' as never }),
      ({ trades: all }) => all.length === 199,
    );
    expect(played.trades.at(-1)).toMatchObject({ id: '199', timestamp: START_MS + 995 });

    const file = pathOf('out.csv');
    const request = { instrumentId: BTC as never, format: 'csv' as const, file };
    const exported = await client.request('tape.export', request);
    expect(await ended(exported.id)).toMatchObject({ state: 'done', trades: 300_000, progress: 1 });
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(300_002);
    const again = await client.request('tape.export', request);
    expect(await ended(again.id)).toMatchObject({
      ...{ state: 'failed', message: expect.stringContaining('is there already') },
    });
  });

  it('[T3] cancels, and resumes what was canceled', async () => {
    const { id } = await client.request('tape.import', { file: writeTrades(600_000) });
    await eventually(
      () => jobOf(id),
      ({ trades }) => trades > 0,
    );
    await client.request('tape.cancelJob', { jobId: id });
    const canceled = await ended(id);
    expect(canceled.state).toBe('canceled');
    expect(canceled.trades).toBeLessThan(600_000);
    expect(stretch(await client.request('tape.info', {}))?.trades).toBe(canceled.trades);
    await client.request('tape.resumeJob', { jobId: id });
    expect(await ended(id)).toMatchObject({
      ...{ state: 'done', duplicates: canceled.trades },
      trades: 600_000 - canceled.trades,
    });
  });

  it('[T3] imports candles as well, and says what there is of them', async () => {
    const file = pathOf('candles.csv');
    const line = (minute: number) => `${START_MS + minute * 60_000},100,101,99,100.5,5`;
    const text = [
      'time,open,high,low,close,volume',
      ...Array.from({ length: 3_000 }, (_, at) => line(at)),
    ];
    text[10] = 'nonsense';
    writeFileSync(file, text.join('\n'));
    const { id: nameless } = await client.request('tape.import', { file });
    expect(await ended(nameless)).toMatchObject({
      ...{ state: 'failed', message: expect.stringContaining('do not name their instrument') },
    });
    const wish = { file, instrumentId: BTC as never };
    const { id } = await client.request('tape.import', wish);
    expect(await ended(id)).toMatchObject({
      ...{ state: 'done', format: 'candles', trades: 0, candles: 2_999, duplicates: 0 },
      ...{
        badLines: 1,
        badLineSamples: [{ line: 11, reason: expect.stringContaining('columns') }],
      },
    });
    const { id: again } = await client.request('tape.import', { ...wish, format: 'candles' });
    expect(await ended(again)).toMatchObject({ state: 'done', candles: 0, duplicates: 2_999 });
    const info = await client.request('tape.info', {});
    expect(info.candles).toEqual([
      {
        ...{ instrumentId: BTC, interval: '1m', count: 2_999 },
        ...{ firstTime: START_MS, lastTime: START_MS + 2_999 * 60_000 },
      },
    ]);
    // They are no trades.
    expect(stretch(info)).toBeUndefined();
  });

  it('[T3] what ran when Tapedeck was stopped is shown as interrupted, and resumed', async () => {
    const { id } = await client.request('tape.import', { file: writeTrades(600_000) });
    await eventually(
      () => jobOf(id),
      ({ trades }) => trades > 0,
    );
    await stop();
    await start();
    expect(await jobOf(id)).toMatchObject({ state: 'interrupted' });
    await client.request('tape.resumeJob', { jobId: id });
    const job = await ended(id);
    expect([job.state, job.trades + job.duplicates]).toEqual(['done', 600_000]);
    expect(job.duplicates).toBeGreaterThan(0);
  });

  it('[H2] takes absolute paths only, and nobody without the scope', async () => {
    await expect(client.request('tape.import', { file: 'a.csv' })).rejects.toThrow(
      'invalid_payload: file: must be an absolute path',
    );
    const { id } = await client.request('tape.import', { file: pathOf('none.csv') });
    expect(await ended(id)).toMatchObject({
      ...{ state: 'failed', message: expect.stringContaining('There is no file') },
    });
  });

  it('[T3] a command hands its file to the monitor that has the data directory', async () => {
    const port = new URL(monitor.url).port;
    const place = ['--data-dir', pathOf('data'), '--port', port];
    const run = await runCli(['import', writeTrades(50_000), ...place, '--json']).ended;
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ state: 'done', trades: 50_000 });
    expect((await client.request('tape.jobs', {})).jobs).toMatchObject([{ trades: 50_000 }]);
    const info = await runCli(['tape', 'info', ...place, '--json']).ended;
    expect(stretch(JSON.parse(info.stdout))).toMatchObject({ trades: 50_000 });
    const lost = await runCli(['import', pathOf('x.csv'), ...place.slice(0, 2), '--port', '1'])
      .ended;
    expect(lost).toMatchObject({ code: 1, stdout: '' });
    expect(lost.stderr).toContain(`Another Tapedeck (process ${process.pid}) is using`);
  });
});

describe('commands without a monitor', () => {
  it('[T3] import tells what came of each file, bad lines by number; export writes it out', async () => {
    const place = ['--data-dir', pathOf('data')];
    const file = pathOf('sales.csv');
    writeFileSync(file, '1672531436,90.54,1\nnonsense\n1672531437,90.5,2\n');
    const nameless = await runCli(['import', file, ...place]).ended;
    expect([nameless.code, nameless.stdout]).toEqual([1, '']);
    expect(nameless.stderr).toContain('does not name its instrument');
    const args = ['import', file, ...place, '--instrument', 'kraken:BCH/EUR'];
    const done = await runCli(args).ended;
    expect(done.code).toBe(0);
    expect(done.stdout).toContain('2 new trades of kraken:BCH/EUR; 1 line left out');
    expect(done.stderr).toContain('line 2: has 1 columns in place of 3');
    const out = pathOf('out.ndjson');
    const exporting = [
      'export',
      '--instrument',
      'kraken:BCH/EUR',
      '--format',
      'ndjson',
      '--out',
      out,
    ];
    const exported = await runCli([...exporting, '--from', '2023-01-01T00:03:57Z', ...place]).ended;
    expect([exported.code, exported.stdout]).toEqual([0, `${out}: 1 trades\n`]);
    expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toHaveLength(2);
  });

  it('[T3] Ctrl-C cancels an import; what was read stays', async () => {
    const place = ['--data-dir', pathOf('data'), '--json'];
    const file = writeTrades(1_200_000);
    const command = runCli(['import', file, ...place]);
    await eventually(
      () => existsSync(pathOf('data/tape.db-wal')),
      (isThere) => isThere,
    );
    command.process.kill('SIGINT');
    const { code, stdout } = await command.ended;
    const report = JSON.parse(stdout);
    expect([code, report.state]).toEqual([130, 'canceled']);
    expect(report.trades).toBeLessThan(1_200_000);
    const info = await runCli(['tape', 'info', ...place]).ended;
    const found = JSON.parse(info.stdout).instruments[0]?.trades ?? 0;
    expect(found).toBe(report.trades);
  });
});

it('[T3] an import that is killed at random moments, and run again, leaves each trade once', async () => {
  const report = await tortureImporting({ rounds: 4, seed: 20_250_101, lines: 150_000 });
  expect(report.faults).toEqual([]);
  expect(report['tradesRead']).toBeGreaterThanOrEqual(4 * 150_000);
});
