import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotRecordInput } from '#contract/bot-records.ts';
import type { Unbranded } from '#domain/brand.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { BotReporter } from '../../clients/typescript/bot-reporter.ts';
import { Outbox } from '../../clients/typescript/outbox.ts';
import { connectToHub } from '../../src/renderer/client/module.ts';
import { eventually } from '../support/hub-connection.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';

const root = resolve(import.meta.dirname, '../..');
const BOT = 'kept-1';
const TOTAL = 400;
const fill = (number: number) =>
  ({
    kind: 'trade',
    data: {
      ...{ id: `f${number}`, orderId: 'o', instrumentId: 'binance:BTC/USDT', side: 'buy' as const },
      ...{ quantity: '1', price: '2', fee: '0', feeCurrency: 'USDT' },
      eventTime: 1_760_000_000_000 + number,
    },
  }) as const;

type BotReport = Unbranded<BotRecordInput>;

const connected = (hub: ReturnType<typeof connectToHub>) =>
  new Promise<void>((done) => hub.onConnection(({ kind }) => kind === 'connected' && done()));

const goodbye = {
  ...{ level: 'info' as const, message: 'all orders are canceled', time: 1_760_000_000_000 },
};

/** A bot that reports its fills as fast as it can, from the one after its last, and says each number. */
const KILLED_BOT = `
import { readFileSync, writeFileSync } from 'node:fs';
import { BotReporter } from ${JSON.stringify(join(root, 'clients/typescript/bot-reporter.ts'))};
import { connectToHub } from ${JSON.stringify(join(root, 'src/renderer/client/module.ts'))};
const [url, token, file, from] = process.argv.slice(2);
const fill = ${fill.toString()};
const reporter = new BotReporter({ hub: connectToHub({ url, token }), botId: '${BOT}', file });
for (let number = Number(from); number <= ${TOTAL}; number += 1) {
  reporter.report(fill(number));
  process.stdout.write(number + '\\n');
  await new Promise((next) => setTimeout(next, 1));
}
await reporter.delivered();
process.stdout.write('delivered\\n');
process.exit(0);
`;

describe('an external bot with an outbox', () => {
  let folder = '';
  let monitor: Monitor;
  let child: ChildProcess | null = null;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tapedeck-reporter-'));
    monitor = await startTestMonitor({ dataDirectory: join(folder, 'data') });
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    await monitor.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const token = () => readFileSync(monitor.tokenFile, 'utf8').trim();
  const fills = async (): Promise<string[]> => {
    const hub = await connectTo(monitor);
    const { items } = await hub.request('fills.list', { botId: BOT, limit: 500 });
    hub.close();
    return items.map(({ id }) => id).reverse();
  };

  it('[X4] loses, doubles and reorders nothing, killed again and again while it reports', async () => {
    const script = join(folder, 'bot.ts');
    const outbox = join(folder, 'outbox');
    writeFileSync(script, KILLED_BOT);
    let said = 0;
    let isDelivered = false;
    for (let kills = 0; !isDelivered; kills += 1) {
      const bot = spawn(process.execPath, [script, monitor.url, token(), outbox, `${said + 1}`], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child = bot;
      const killAt = said + 60;
      let text = '';
      bot.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const numbers = text.split('\n').slice(0, -1);
        isDelivered ||= numbers.includes('delivered');
        said = Math.max(said, ...numbers.map(Number).filter(Number.isFinite));
        if (said >= killAt && kills < 4) bot.kill('SIGKILL');
      });
      await once(bot, 'close');
      expect(kills).toBeLessThan(20);
    }
    const ids = await fills();
    expect(ids).toEqual(Array.from({ length: TOTAL }, (_, index) => `${BOT}:f${index + 1}`));
  });

  it('[X4] keeps what it has to say while no hub is there, and goes on without what is refused', async () => {
    const { url } = monitor;
    await monitor.close();
    const refused: string[] = [];
    const hub = connectToHub({ url, token });
    const file = join(folder, 'outbox');
    const reporter = new BotReporter({
      ...{ hub, botId: BOT, file },
      onRefused: (_record, { code }) => refused.push(code),
    });
    reporter.report(fill(1));
    reporter.report({ ...fill(2), data: { ...fill(2).data, quantity: '-1' } });
    reporter.report(fill(3));
    expect(reporter.pending).toBe(3);
    const port = Number(new URL(url).port);
    monitor = await startTestMonitor({ dataDirectory: join(folder, 'data'), port });
    await reporter.delivered();
    reporter.stop();
    hub.stop();
    expect(refused).toEqual(['invalid_payload']);
    expect(await fills()).toEqual([`${BOT}:f1`, `${BOT}:f3`]);
  });

  it('[X4.9] is stopped from the hub, and says so', async () => {
    const hub = connectToHub({ url: monitor.url, token });
    const reporter: BotReporter<BotReport> = new BotReporter<BotReport>({
      ...{ hub, botId: BOT, file: join(folder, 'outbox') },
      onStop: (): void => reporter.report({ kind: 'log', data: goodbye }),
    });
    reporter.report(fill(1));
    await reporter.delivered();
    const owner = await connectTo(monitor);
    const { status } = await owner.request('bots.stop', { botId: BOT });
    expect(status.reason).toMatch(/Asked to stop/);
    const stopped = await eventually(
      () => owner.request('bots.get', { botId: BOT }),
      (view) => view.status.state === 'stopped',
    );
    expect(stopped.status.reason).toBeNull();
    const { entries } = await owner.request('bots.logs', { botId: BOT });
    expect(entries).toMatchObject([{ message: 'all orders are canceled' }]);
    reporter.stop();
    hub.stop();
    owner.close();
  });

  it('[X4.8] catches up with far more than it could one by one', async () => {
    const count = 6_000;
    const hub = connectToHub({ url: monitor.url, token });
    const file = join(folder, 'outbox');
    const outbox = new Outbox<BotRecordInput>(file, { isSynced: false });
    for (let number = 1; number <= count; number += 1) {
      outbox.add({ ...fill(number), botId: BOT, id: `${number}` } as unknown as BotRecordInput);
    }
    outbox.close();
    await connected(hub);
    const rateOf = (records: number, begun: number) =>
      (records / (performance.now() - begun)) * 1_000;
    let begun = performance.now();
    for (let number = 1; number <= 300; number += 1) {
      await hub.publish({ ...fill(number), botId: BOT, id: `${number}` });
    }
    const oneByOne = rateOf(300, begun);
    begun = performance.now();
    const reporter = new BotReporter({ hub, botId: BOT, file });
    await reporter.delivered();
    const rate = rateOf(count, begun);
    console.info(`${Math.round(rate)} records/s, one by one ${Math.round(oneByOne)}`);
    reporter.stop();
    hub.stop();
    const owner = await connectTo(monitor);
    const { status } = await owner.request('bots.get', { botId: BOT });
    expect(status.fillCount).toBe(count);
    owner.close();
    expect(rate).toBeGreaterThan(2 * oneByOne);
  });
});
