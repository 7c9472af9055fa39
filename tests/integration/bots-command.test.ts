import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addBotsCommands } from '#main/app/commands/bots-command-line.ts';
import type { Monitor } from '#main/app/monitor.ts';
import { eventually } from '../support/hub-connection.ts';
import { temporaryDirectory } from '../support/serve-process.ts';
import { startTestMonitor } from '../support/test-monitor.ts';

const COUNTING = `export default { name: 'Counting', description: 'For a test.', state: () => ({}),
  onTrade(trade, bot) {
    if (!bot.state.hasCounted) for (const word of ['one', 'two', 'three']) bot.log.info(word);
    bot.state.hasCounted = true;
  },
};`;

describe('bots of a running hub', () => {
  const directory = temporaryDirectory();
  let monitor: Monitor;

  /** As `tapedeck bots …` beside the monitor, in this process. */
  async function run(...args: readonly string[]) {
    const written: Record<'out' | 'err', string> = { out: '', err: '' };
    const spies = [
      vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
        written.out += String(text);
        return true;
      }),
      vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
        written.err += String(text);
        return true;
      }),
    ];
    const { port } = new URL(monitor.url);
    const place = ['--host', '127.0.0.1', '--port', port, '--data-dir', directory.path];
    const program = new Command().exitOverride();
    addBotsCommands(program.command('bots'), (command) =>
      command.option('--host <h>').option('--port <p>', '', Number).option('--data-dir <d>'),
    );
    try {
      await program.parseAsync(['node', 'tapedeck', 'bots', ...args, ...place]);
      return { ...written, code: process.exitCode };
    } catch (thrown) {
      if (thrown instanceof CommanderError) return { ...written, code: thrown.exitCode };
      throw thrown;
    } finally {
      process.exitCode = undefined;
      for (const spy of spies) spy.mockRestore();
    }
  }

  beforeAll(async () => {
    mkdirSync(join(directory.path, 'strategies'));
    writeFileSync(join(directory.path, 'strategies/counting.js'), COUNTING);
    monitor = await startTestMonitor({ dataDirectory: directory.path, feeds: ['demo'] });
  });
  afterAll(async () => {
    await monitor.close();
    directory.remove();
  });

  it('are made, changed, led, put out of sight and brought back by command', async () => {
    const grid = ['create', 'grid', '--instrument', 'demo:BTC/USDT', '--set', 'levels=2'];
    expect(await run(...grid, '--set', 'quantity=0.01', '--name', 'Mine')).toMatchObject({
      ...{ code: 0, err: '' },
      out: expect.stringMatching(/^\w+ {2}running {2}Mine, grid on demo:BTC\/USDT {2}equity 10000/),
    });
    expect((await run('change', 'Mine', '--set', 'levels=3')).err).toBe(
      'Stop the bot before changing levels; quantity can change while it runs\n',
    );
    expect((await run('change', 'Mine', '--set', 'quantity=0.02', '--cash', '12000')).code).toBe(0);
    expect((await run('pause', 'Mine', '--cancel-orders')).out).toContain('paused');
    expect((await run('archive', 'Mine')).err).toBe('Stop the bot before archiving it\n');
    expect((await run('stop', 'Mine', '--flatten')).out).toMatch(/(running|stopped) {2}Mine/);
    expect((await run('log', 'Mine', '--limit', '50')).out).toContain('quantity from 0.01 to 0.02');
    const traded = await run('fills', 'Demo grid', '--json');
    expect(traded.code).toBe(0);
    expect(JSON.parse(traded.out)).toBeInstanceOf(Array);
    expect((await run('why', 'nothing-f1')).err).toContain('no trail is kept');
    await vi.waitFor(async () => expect((await run('archive', 'Mine')).code).toBe(0));
    expect((await run('list')).out).not.toContain('Mine');
    expect((await run('list', '--archived')).out).toContain('Mine');
    const restored = await run('restore', 'Mine', '--json');
    expect(JSON.parse(restored.out)).toMatchObject({
      config: { initialCash: '12000', archivedTime: null, params: { levels: 2, quantity: '0.02' } },
    });
    expect((await run('clone', 'Mine', '--name', 'Other')).out).toContain('stopped  Other');
    expect((await run('remove', 'Other')).out).toMatch(
      /Other is removed, with all that it did\.\n$/,
    );
    expect((await run('list')).out).not.toContain('Other');
  });

  const LIMITS = ['--max-position', '5000', '--max-daily-loss', '50', '--at-daily-loss', 'flatten'];
  const TERMS = ['--maker-fee', '-1', '--taker-fee', '7.5', '--latency', '120', '--slippage', '3'];

  it('have limits, hours, fees, latency, slippage and leverage by command, and keep what is not named', async () => {
    const make = ['create', 'dca', '--instrument', 'demo:BTC/USDT', '--no-start', '--json'];
    const made = await run(...make, '--name', 'Careful', '--leverage', '2', ...LIMITS, ...TERMS);
    expect(made.err).toBe('');
    expect(JSON.parse(made.out).config).toMatchObject({
      ...{ makerFeeBps: -1, takerFeeBps: 7.5, latencyMs: 120, slippageBps: 3, leverage: 2 },
      schedule: null,
      limits: {
        ...{ maxPositionValue: '5000', maxOrderValue: null, maxDailyLoss: '50' },
        ...{ atDailyLoss: 'flatten', maxOpenOrders: null, maxOrdersPerMinute: 600 },
      },
    });
    const hours = ['--schedule', 'Mon-Fri 09:00-17:30 Asia/Seoul', '--max-open-orders', '4'];
    const changed = await run('change', 'Careful', ...hours, '--max-daily-loss', 'none', '--json');
    expect(JSON.parse(changed.out).config).toMatchObject({
      schedule: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:30', timeZone: 'Asia/Seoul' },
      ...{ makerFeeBps: -1, leverage: 2 },
      limits: { maxPositionValue: '5000', maxDailyLoss: null, maxOpenOrders: 4 },
    });
    const open = await run(
      'change',
      'Careful',
      '--schedule',
      'none',
      '--taker-fee',
      '10',
      '--json',
    );
    expect(JSON.parse(open.out).config).toMatchObject({
      ...{ schedule: null, takerFeeBps: 10 },
      limits: { maxOpenOrders: 4 },
    });
  });

  it.each([
    ['--leverage', '200', 'A number from 1 to 125.'],
    ['--latency', 'fast', 'A number from 0 to 60000.'],
    ['--taker-fee', '5000', 'A number from -100 to 1000.'],
    ['--max-order', '-5', 'A value is like 1000 or 12.5, or none.'],
    ['--max-open-orders', '1000000', 'A whole number up to 100000, or none.'],
    ['--schedule', 'Mon-Fri 9-17', '9: not a time of day (HH:MM).'],
  ])(
    '%s %s is refused before anything is asked, by the name of the option',
    async (option, value, why) => {
      const { code, err } = await run('change', 'Demo grid', option, value);
      expect([code, err]).toEqual([
        1,
        expect.stringMatching(
          new RegExp(`^error: option '${option} .*argument '${value}' is invalid`),
        ),
      ]);
      expect(err).toContain(why);
    },
  );

  it('are named by what is one bot only, and else it is said what there is', async () => {
    const make = ['create', 'dca', '--instrument', 'demo:BTC/USDT', '--no-start', '--name', 'Twin'];
    await run(...make);
    await run(...make);
    const { code, err } = await run('start', 'Twin');
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^Several bots are called Twin: .*\w+, /),
    ]);
    expect((await run('start', 'Nobody')).err).toBe('There is no bot Nobody\n');
    expect(
      (await run('create', 'magic', '--instrument', 'demo:BTC/USDT', '--set', 'a=1')).err,
    ).toMatch(/^There is no strategy magic\. There are: grid, dca, ma-cross/);
    expect((await run('strategies', 'grid')).out).toMatch(/^grid: Grid\n {2}Places buy orders/);
  });

  it('cannot have a strategy whose file is none, which is told with the line until it is put right', async () => {
    const file = join(directory.path, 'strategies', 'mine.js');
    writeFileSync(file, 'export default {\n  name: ;\n};');
    const sentence = /^mine\.js cannot be used as it now is: SyntaxError: .* \(mine\.js:2\)\n$/;
    await vi.waitFor(async () => expect((await run('strategies')).err).toMatch(sentence), 20_000);
    const all = await run('strategies', '--json');
    expect(JSON.parse(all.out)).not.toHaveLength(0);
    expect([all.code, all.err]).toEqual([0, expect.stringMatching(sentence)]);
    expect((await run('strategies', 'grid')).err).toBe('');
    expect(await run('strategies', 'user:mine')).toMatchObject({
      ...{ code: 1, out: '' },
      err: expect.stringMatching(sentence),
    });
    const make = ['create', 'user:mine', '--instrument', 'demo:BTC/USDT'];
    expect((await run(...make)).err).toMatch(/the file of the strategy user:mine cannot be used/);
    writeFileSync(file, "export default { name: 'Mine', description: 'Now.' };");
    await vi.waitFor(async () => expect((await run('strategies')).err).toBe(''), 20_000);
    expect((await run('strategies', 'user:mine')).out).toMatch(/^user:mine: Mine\n/);
  });

  it('tell what they said in the order in which they said it, also within one moment', async () => {
    await run('create', 'user:counting', '--instrument', 'demo:BTC/USDT', '--name', 'Counting');
    const log = async () => (await run('log', 'Counting')).out;
    const told = await eventually(log, (text) => text.includes('three'));
    expect(told).toMatch(/Started.*one.*two.*three/s);
  });
});
