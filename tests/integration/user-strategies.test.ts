import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BotView } from '#contract/requests.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { eventually, type HubConnection } from '../support/hub-connection.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import { connectTo, startTestMonitor } from '../support/test-monitor.ts';

const INSTRUMENT = 'demo:BTC/USDT' as InstrumentId;
const PATIENCE_MS = 40_000;

const strategy = (body: string): string =>
  `export default {\n  name: 'Test',\n  description: 'For a test.',\n${body}\n};\n`;

const TAKER = (word: string) =>
  strategy(`  state: () => ({ orders: 0 }),
  onTrade(trade, bot) {
    if (bot.state.orders >= 2 || bot.orders.open.length > 0) return;
    bot.state.orders += 1;
    bot.orders.place({ side: 'buy', quantity: 0.001, why: '${word} no. ' + bot.state.orders });
  },`);

describe('user strategies in a monitor', { timeout: 90_000 }, () => {
  const directory = temporaryDirectory();
  const folder = join(directory.path, 'strategies');
  let monitor: Monitor;
  let hub: HubConnection;

  const write = (name: string, source: string) => writeFileSync(join(folder, name), source);
  const listed = async (id: string) =>
    (await hub.request('strategies.list', {})).strategies.some((one) => one.id === id);
  const add = async (name: string, source: string): Promise<BotView> => {
    write(`${name}.js`, source);
    await eventually(() => listed(`user:${name}`), Boolean, PATIENCE_MS);
    return hub.request('bots.create', {
      ...{ name, strategy: `user:${name}`, instrumentId: INSTRUMENT, params: {} },
      initialCash: '10000' as DecimalString,
    });
  };
  const bot = (botId: string) => hub.request('bots.get', { botId });
  const stoppedWith = (botId: string) =>
    eventually(
      () => bot(botId),
      ({ status }) => status.state === 'error',
      PATIENCE_MS,
    );
  const fills = async (botId: string) => (await hub.request('fills.list', { botId })).items;
  const told = async () =>
    (await hub.request('notifications.list', {})).items.filter(({ title }) =>
      title.includes('cannot be used'),
    );
  const logs = async (botId: string) =>
    (await hub.request('bots.logs', { botId })).entries.map(({ message }) => message);

  beforeAll(async () => {
    monitor = await startTestMonitor({ dataDirectory: directory.path, feeds: ['demo'] });
    hub = await connectTo(monitor);
  });
  afterAll(async () => {
    hub.close();
    await monitor.close();
    directory.remove();
  });

  it('puts the types beside them', () => {
    expect(readFileSync(join(folder, 'tapedeck.d.ts'), 'utf8')).toContain(
      "declare module 'tapedeck'",
    );
    expect(existsSync(join(folder, 'tsconfig.json'))).toBe(true);
  });

  it('a saved file is a strategy, and its bot fills and says why', async () => {
    const { config } = await add('taker', TAKER('first'));
    await eventually(
      () => fills(config.id),
      (items) => items.length >= 2,
      PATIENCE_MS,
    );
    const { items } = await hub.request('orders.list', { botId: config.id });
    expect(items.map(({ why }) => why).sort()).toEqual(['first no. 1', 'first no. 2']);
    expect((await bot(config.id)).position.quantity).toBe('0.002');
  });

  it('a file that changes goes on with position and state; one that no longer compiles leaves the old', async () => {
    const { bots } = await hub.request('bots.list', {});
    const botId = bots.find(({ config }) => config.name === 'taker')?.config.id ?? '';
    write('taker.js', TAKER('second').replace('>= 2', '>= 3'));
    await eventually(
      () => fills(botId),
      (items) => items.length >= 3,
      PATIENCE_MS,
    );
    const { items } = await hub.request('orders.list', { botId });
    expect(items.map(({ why }) => why)).toContain('second no. 3');
    expect((await bot(botId)).position.quantity).toBe('0.003');
    write('taker.js', 'export default {');
    await eventually(
      async () => (await hub.request('strategies.list', {})).problems,
      (problems) => problems.length === 1,
      PATIENCE_MS,
    );
    const { problems, strategies } = await hub.request('strategies.list', {});
    expect(problems).toMatchObject([{ file: 'taker.js', hasVersion: true }]);
    expect(strategies.some(({ id }) => id === 'user:taker')).toBe(true);
    expect((await bot(botId)).status.state).toBe('running');
    expect(await logs(botId)).toContainEqual(expect.stringContaining('The version before goes on'));
    expect(await told()).toEqual([
      expect.objectContaining({
        ...{ kind: 'bot', severity: 'warning', source: { botId } },
        title: 'taker.js cannot be used as it now is',
        body: expect.stringMatching(
          /^SyntaxError: .* \(taker\.js:1\) · The version before goes on\.$/,
        ),
      }),
    ]);
    write('taker.js', TAKER('second').replace('>= 2', '>= 3'));
    await eventually(
      async () => (await hub.request('strategies.list', {})).problems,
      (left) => left.length === 0,
      PATIENCE_MS,
    );
  });

  it('a file that no bot trades by is only listed when it cannot be used', async () => {
    const before = await told();
    write('draft.ts', 'export default {\n  name: ;\n};');
    const [problem] = await eventually(
      async () => (await hub.request('strategies.list', {})).problems,
      (problems) => problems.length === 1,
      PATIENCE_MS,
    );
    expect(problem).toMatchObject({
      ...{ file: 'draft.ts', hasVersion: false },
      message: expect.stringMatching(/^SyntaxError: .*\(draft\.ts:2\)$/),
    });
    expect(await told()).toEqual(before);
    rmSync(join(folder, 'draft.ts'));
    await eventually(
      async () => (await hub.request('strategies.list', {})).problems,
      (left) => left.length === 0,
      PATIENCE_MS,
    );
  });

  it.each([
    [
      'throws',
      `  onTrade() {\n    throw new Error('on purpose');\n  },`,
      /^on purpose \(throws\.js:5\)$/,
    ],
    [
      'hungry',
      `  onTrade() {\n    const kept = [];\n    for (;;) kept.push({ a: kept.length, b: [1, 2] });\n  },`,
      // Where the callback begins; on a slow machine it is late first, and looked at where it is.
      /^onTrade needed more than 96 MB of memory \(hungry\.js:[46]\)$/,
    ],
    [
      'one-array',
      `  onTrade() {\n    new Float64Array(200_000_000).fill(1);\n  },`,
      /^RangeError: Float64Array of 1526 MB: a strategy may take 96 MB of memory \(one-array\.js:5\)$/,
    ],
    [
      'orders',
      `  onTrade(trade, bot) {\n    for (;;) bot.orders.place({ side: 'buy', quantity: 0.001, why: 'more' });\n  },`,
      /orders in a loop.*\(orders\.js:5\)$/,
    ],
  ])('%s: stops its bot with the error and the line', async (name, body, error) => {
    const { config } = await add(name, strategy(body));
    const { status } = await stoppedWith(config.id);
    expect(status.error).toMatch(error);
  });

  it('arrays of numbers stop their bot before they take much, and nothing else', async () => {
    const body = 'const kept = [];\n    for (;;) kept.push(new Float64Array(100_000).fill(1));';
    const { config } = await add('arrays', strategy(`  onTrade() {\n    ${body}\n  },`));
    const before = process.memoryUsage.rss();
    let most = before;
    const { status } = await eventually(
      () => {
        most = Math.max(most, process.memoryUsage.rss());
        return bot(config.id);
      },
      ({ status: { state } }) => state === 'error',
      PATIENCE_MS,
    );
    // Line 4 is where `onTrade` begins: told where the machine is too busy to look before it is ended.
    expect(status.error).toMatch(/^onTrade needed more than 96 MB of memory \(arrays\.js:[46]\)$/);
    const growthMb = (most - before) / 1_048_576;
    console.log(`${growthMb.toFixed()} MB more while a strategy fills arrays`);
    expect(growthMb).toBeLessThan(400);
    const { bots } = await hub.request('bots.list', {});
    const taker = bots.find((one) => one.config.name === 'taker');
    expect(taker?.status.state).toBe('running');
  });

  it('an endless loop stops its bot, and neither the monitor nor another bot is held up by it', async () => {
    const other = await add(
      'other',
      strategy('  onTrade(trade, bot) {\n    bot.log.info(trade.price);\n  },'),
    );
    await eventually(
      () => logs(other.config.id),
      (lines) => lines.length > 0,
      PATIENCE_MS,
    );
    const usual = monitorEventLoopDelay({ resolution: 5 });
    usual.enable();
    await setTimeout(2_000);
    usual.disable();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const before = (await logs(other.config.id)).length;
    const { config } = await add(
      'loops',
      strategy('  onTrade() {\n    for (;;) Math.abs(1);\n  },'),
    );
    delay.enable();
    const { status } = await stoppedWith(config.id);
    delay.disable();
    expect(status.error).toMatch(/^onTrade took longer than 5 s \(loops\.js:5\)$/);
    expect(await logs(other.config.id)).not.toHaveLength(before);
    expect((await bot(other.config.id)).status.state).toBe('running');
    const p99 = delay.percentile(99) / 1e6;
    const usualP99 = usual.percentile(99) / 1e6;
    console.log(
      `event loop p99: ${p99.toFixed(1)} ms while a strategy loops, ${usualP99.toFixed(1)} ms before`,
    );
    // A busy machine makes both worse; that a thread of its own loops must not.
    expect(p99).toBeLessThan(5 * usualP99 + 50);
  });
});
