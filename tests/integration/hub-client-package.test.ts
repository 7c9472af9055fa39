import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Monitor } from '#main/app/monitor.ts';
import { startTestMonitor } from '../support/test-monitor.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** What a user of the package writes, in TypeScript; Node takes it as it is. */
const BOT = `
import { channel, connectToHub, type ConnectionState, type Push } from '@tapedeck/hub-client';
import { BotReporter } from '@tapedeck/hub-client/reporter';

const hub = connectToHub({ url: process.env['HUB_URL'] ?? '', token: process.env['HUB_TOKEN'] ?? '' });
await new Promise<void>((done) => {
  hub.onConnection((state: ConnectionState) => state.kind === 'connected' && done());
});
const record = { botId: 'packaged-1', id: '1', kind: 'status', data: { state: 'running' } } as const;
const first = await hub.publish(record);
const again = await hub.publish(record);
const reporter = new BotReporter({ hub, botId: 'packaged-1', file: 'packaged-1.outbox' });
reporter.report({ kind: 'log', data: { level: 'info', message: 'kept', time: Date.now() } });
await reporter.delivered();
reporter.stop();
const price = await new Promise<Push>((done) => {
  hub.subscribe(channel.ticker('demo:BTC/USDT'), { onPush: done });
});
const candles = await hub.request('candles.get', { instrumentId: 'demo:BTC/USDT', interval: '1m' });
const bot = await hub.request('bots.get', { botId: 'packaged-1' });
const refused = await hub.request('bots.get', { botId: 'nobody' });
console.log(JSON.stringify({
  published: [first, again],
  pending: reporter.pending,
  price: price.event === 'price:update' && typeof price.payload.price,
  candles: candles.ok && candles.value.candles.length,
  state: bot.ok && bot.value.status.state,
  refused: refused.ok ? null : refused.error.code,
}));
hub.stop();
`;

describe('the client library as a package', () => {
  let folder = '';
  let monitor: Monitor;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tapedeck-client-'));
    await run('npm', ['run', '-s', 'build:hub-client'], { cwd: root });
    await run('npm', ['pack', '--pack-destination', folder], { cwd: join(root, 'out/hub-client') });
    const modules = join(folder, 'node_modules');
    mkdirSync(join(modules, '@tapedeck'), { recursive: true });
    const archive = join(folder, 'tapedeck-hub-client-0.1.0.tgz');
    await run('tar', ['-xzf', archive, '-C', folder]);
    await run('mv', [join(folder, 'package'), join(modules, '@tapedeck/hub-client')]);
    for (const dependency of ['socket.io-client', 'zod']) {
      symlinkSync(join(root, 'node_modules', dependency), join(modules, dependency));
    }
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'bot.ts'), BOT);
    monitor = await startTestMonitor({ dataDirectory: join(folder, 'data') });
  });

  afterAll(async () => {
    await monitor.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('[X4] lets a bot of its own process report, subscribe and ask', async () => {
    const { stdout } = await run(process.execPath, ['bot.ts'], {
      cwd: folder,
      env: {
        ...process.env,
        HUB_URL: monitor.url,
        HUB_TOKEN: readFileSync(monitor.tokenFile, 'utf8').trim(),
      },
      timeout: 30_000,
    });
    expect(JSON.parse(stdout)).toEqual({
      published: [
        { ok: true, value: { duplicate: false } },
        { ok: true, value: { duplicate: true } },
      ],
      pending: 0,
      price: 'number',
      candles: 500,
      state: 'running',
      refused: 'unknown_bot',
    });
  });

  it('brings its types along: right use compiles, wrong use does not', async () => {
    const compiler = join(root, 'node_modules/.bin/tsc');
    const wrong = BOT.replace("'1m'", "'7m'");
    writeFileSync(join(folder, 'wrong.ts'), wrong);
    const check = (file: string) =>
      run(
        compiler,
        [
          ...['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext'],
          ...['--lib', 'es2024,dom', '--types', 'node', '--skipLibCheck', file],
          ...['--typeRoots', join(root, 'node_modules/@types')],
        ],
        { cwd: folder },
      );
    await expect(check('bot.ts')).resolves.toMatchObject({ stdout: '' });
    await expect(check('wrong.ts')).rejects.toMatchObject({
      stdout: expect.stringContaining('"7m"'),
    });
  });
});
