import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { decimal } from '#domain/decimal.ts';
import { flatPosition } from '#domain/position.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { describeStrategy } from '#main/bots/describe-strategy.ts';
import type { StrategyDefinition } from '#main/bots/strategy.ts';
import type { ThreadLimits } from '#main/bots/user-strategies/strategy-thread.ts';
import {
  type StrategyProblem,
  UserStrategies,
} from '#main/bots/user-strategies/user-strategies.ts';
import { USER_TSCONFIG, USER_TYPES } from '#main/bots/user-strategies/user-types.ts';
import { systemClock } from '#main/telemetry/system-clock.ts';
import { BENCH_ID, benchRunner } from '../fakes/bot-bench.ts';
import { InstantAccount } from '../fakes/instant-account.ts';
import { tradeEvent } from '../fakes/market-events.ts';
import { eventually } from '../support/hub-connection.ts';
import { projectRoot } from '../support/serve-process.ts';
import { documentedStrategy, strategyFolder } from '../support/strategy-folder.ts';

const START = 1_700_000_000_000;
const TIMEOUT_MS = 30_000;
const LIMITS = { answerMs: 3_000, loadMs: 20_000, memoryMb: 48 };

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function open(files: Readonly<Record<string, string>>, limits: ThreadLimits = LIMITS) {
  const folder = strategyFolder(files);
  const problems: StrategyProblem[] = [];
  const renewed: string[] = [];
  const strategies = new UserStrategies({
    ...{ folder: folder.path, clock: systemClock, limits },
    onListed: () => undefined,
    onRenewed: (id) => renewed.push(id),
    onProblem: (problem) => problems.push(problem),
  });
  ends.push(() => {
    strategies.dispose();
    folder.remove();
  });
  await strategies.look();
  const find = (id: string): StrategyDefinition => {
    const found = strategies.definitions.find((one) => one.id === id);
    if (!found) throw new Error(`no ${id}: ${problems.map(({ message }) => message).join('; ')}`);
    return found;
  };
  return { folder, strategies, problems, renewed, find };
}

/** A bot with this strategy, which waits for each of its answers. */
function run(definition: StrategyDefinition, params = {}, savedState?: unknown) {
  const market = {
    book: { isReady: false, best: () => undefined, level: () => undefined },
    quote: null,
    lastTrade: null as Trade | null,
  };
  const account = new InstantAccount({
    cash: decimal(10_000),
    position: flatPosition('bot1', BENCH_ID, 0 as EpochMs),
    ...{ openOrders: [], orderSequence: 0, fillSequence: 0, lastPrice: null },
  });
  const faults: unknown[] = [];
  const later = (work: () => void) => {
    try {
      work();
    } catch (fault) {
      faults.push(fault);
      bench.runner.fail('as the engine does');
    }
  };
  const bench = benchRunner(definition, params, { account, market, savedState, later });
  ends.push(() => bench.runner.stop('the test is over'));
  const play = async (time: number, price: number) => {
    const event = tradeEvent(BENCH_ID, START + time, price);
    market.lastTrade = event.trade;
    bench.runner.onEvent(event);
    await bench.runner.settled;
    const [fault] = faults.splice(0);
    if (fault) throw fault;
  };
  return { ...bench, account, play };
}

const strategy = (body: string, more = ''): string =>
  `export default { name: 'Test', description: 'For a test.', ${more} ${body} };\n`;

describe('a module', () => {
  it('is a strategy like any other, with its own parameters', { timeout: TIMEOUT_MS }, async () => {
    const { find, problems } = await open({ 'pullback.ts': documentedStrategy() });
    expect(problems).toEqual([]);
    const definition = find('user:pullback');
    expect(describeStrategy(definition).parameters).toContainEqual(
      expect.objectContaining({ name: 'interval', kind: 'choice', options: ['1s', '1m', '5m'] }),
    );
    const parameters = definition.parameters.parse({ interval: '5m', slow: 20 });
    expect(definition.candles(parameters)).toBe('5m');
    expect(definition.warmUpCandles(parameters)).toBe(100);
    expect(definition.parameters.safeParse({ fast: 1 }).success).toBe(false);
  });

  it('that cannot be used says why and where, and is none', { timeout: TIMEOUT_MS }, async () => {
    const { strategies } = await open({
      'a-syntax.ts': 'const a = 1;\nexport default { name: ;',
      'b-import.ts': `// first\nimport fs from 'node:fs';\nexport default { name: 'B', description: 'b' };`,
      'c-outside.js': `import x from '../outside.js';\nexport default x;`,
      'd-nothing.js': 'export const a = 1;',
      'e-candles.js': strategy('onCandle() {}'),
      'f-throws.js': `const a = null;\n\nexport default { name: a.b };`,
      'g-enum.ts': `enum A { B }\nexport default { name: 'G', description: 'g' };`,
      'h-schema.ts': `const a = 1;
export default {
  name: 'H',
  description: 'h',
  parameters: {
    fast: { type: 'integer', title: 'Fast', default: a },
    slow: {
      type: 'integer',
      title: 'Slow',
      default: 'ten',
    },
  },
};`,
      'i-javascript.js': 'const a = 1;\nexport default { name: ;',
      'j-missing.js': `const a = 1;\nimport { gone } from './_part2.js';\nexport default gone;`,
      '_part2.js': 'export const a = 1;',
      'types.d.ts': 'not even looked at',
      '_part.ts': 'nor is this',
    });
    expect(strategies.definitions).toEqual([]);
    expect(strategies.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^SyntaxError: Expression expected \(a-syntax\.ts:2\)/),
      expect.stringMatching(/may import only what lies beside it.*"node:fs" \(b-import\.ts:2\)/),
      expect.stringMatching(/may import only what lies beside it.*\(c-outside\.js:1\)/),
      expect.stringMatching(
        /^The module has no "export default" with a strategy \(d-nothing\.js\)$/,
      ),
      expect.stringMatching(/^candles: say of which interval .* \(e-candles\.js:1\)$/),
      expect.stringMatching(/TypeError: .*\(f-throws\.js:3\)/),
      expect.stringMatching(/enum.*\(g-enum\.ts:1\)/),
      expect.stringMatching(/^parameters\.slow\.default: .* \(h-schema\.ts:10\)$/),
      expect.stringMatching(/^SyntaxError: Unexpected token ';' \(i-javascript\.js:2\)$/),
      expect.stringMatching(/^SyntaxError: .* export named 'gone' \(j-missing\.js:2\)$/),
    ]);
  });

  it('may use other files of its folder', { timeout: TIMEOUT_MS }, async () => {
    const { find } = await open({
      'main.ts': `import { word } from './_part.ts';\nexport default { name: word, description: 'x' };`,
      '_part.ts': `export const word: string = 'Shared';`,
    });
    expect(find('user:main').name).toBe('Shared');
  });
});

describe('the documented example', () => {
  it('is what the types take', { timeout: TIMEOUT_MS }, () => {
    const { path, remove } = strategyFolder({
      'pullback.ts': documentedStrategy(),
      'wrong.ts': `import { defineStrategy } from 'tapedeck';
export default defineStrategy({
  name: 'Wrong',
  description: 'w',
  parameters: { size: { type: 'number', title: 'Size', default: 1 } },
  onTrade: (trade, bot) => { bot.orders.place({ side: 'buy', quantity: bot.parameters.size }); },
});`,
      'tapedeck.d.ts': USER_TYPES,
      'tsconfig.json': USER_TSCONFIG,
    });
    ends.push(remove);
    const tsc = spawnSync(join(projectRoot, 'node_modules/.bin/tsc'), ['-p', path], {
      encoding: 'utf8',
    });
    const errors = tsc.stdout.split('\n').filter((line) => line.includes('error'));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/wrong\.ts\(6.*why/s);
  });

  it('buys the dip, and goes out by its target or its stop', { timeout: TIMEOUT_MS }, async () => {
    const { find } = await open({ 'pullback.ts': documentedStrategy() });
    const params = { interval: '1s', fast: 2, slow: 4, quantity: 0.5, riskPercent: 1 };
    const { play, account, committed, logs } = run(find('user:pullback'), params);
    const prices = [100, 101, 102, 104, 106, 104.1, 104, 104, 106];
    for (const [second, price] of prices.entries()) await play(second * 1_000, price);
    const fills = committed.flatMap((changes) => changes.fills);
    expect(fills.map(({ side, quantity }) => [side, quantity])).toEqual([
      ['buy', '0.5'],
      ['sell', '0.5'],
    ]);
    expect(account.position.quantity).toBe('0');
    expect(logs()).toContainEqual(expect.stringContaining('entry no. 1'));
    const whys = new Set(committed.flatMap(({ orders }) => orders.map(({ why }) => why)));
    expect(whys).toContain('Target');
    expect(whys).toContain('Stop');
  });
});

describe('at work', () => {
  it('hears, orders, keeps its state, and goes on with it after a restart', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const source = strategy(
      `state: () => ({ seen: 0 }),
       onTrade(trade, bot) {
         bot.state.seen += 1;
         bot.log.info(bot.state.seen, trade.price, Date.now(), new Date().getTime(), Math.random());
       },`,
    );
    const { find } = await open({ 'counter.js': source });
    const first = run(find('user:counter'));
    await first.play(0, 10);
    await first.play(1, 11);
    const savedState = JSON.parse(JSON.stringify(first.runner.runtime().strategyState));
    const second = run(find('user:counter'), {}, savedState);
    await second.play(2, 12);
    const whole = run(find('user:counter'));
    for (const [time, price] of [
      [0, 10],
      [1, 11],
      [2, 12],
    ] as const)
      await whole.play(time, price);
    expect([...first.logs(), ...second.logs()]).toEqual(whole.logs());
    expect(whole.logs()[1]).toMatch(`2 11 ${START + 1} ${START + 1} 0.`);
  });

  it('has nothing that would make a run differ from the next', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const source = strategy(
      `onTrade(trade, bot) {
         const names = ['process', 'fetch', 'setTimeout', 'performance', 'crypto', 'WebSocket'];
         bot.log.info(names.filter((name) => globalThis[name] !== undefined).join());
       },`,
    );
    const { find } = await open({ 'hidden.js': source });
    const { play, logs } = run(find('user:hidden'));
    await play(0, 1);
    expect(logs()).toEqual(['']);
  });
});

describe('at fault', () => {
  const faulty = `export default {
  name: 'Faulty',
  description: 'Fails by the price.',
  onTrade(trade, bot) {
    if (trade.price === 1) throw new RangeError('too cheap');
    if (trade.price === 2) {
      let i = 0;
      for (;;) i += 1;
    }
    if (trade.price === 3) {
      const kept = [];
      for (;;) kept.push({ a: kept.length, b: [trade] });
    }
    if (trade.price === 4) for (;;) bot.orders.place({ side: 'buy', quantity: 1, why: 'more' });
    if (trade.price === 5) bot.orders.place({ side: 'buy', quantity: 1 });
    if (trade.price === 6) return Promise.resolve();
    if (trade.price === 7) new Uint8Array(new ArrayBuffer(8).transfer(1_500_000_000)).fill(1);
  },
  onOrder(order, bot) {
    bot.orders.place({ side: 'buy', quantity: 1, why: 'again' });
  },
};
`;
  const open1 = (limits = LIMITS) => open({ 'faulty.ts': faulty }, limits);

  it.each([
    [1, /^RangeError: too cheap \(faulty\.ts:5\)$/],
    [2, /^onTrade took longer than 3 s \(faulty\.ts:8\)$/],
    [4, /^The strategy orders in a loop: 1000 orders at one event \(faulty\.ts:14\)$/],
    [5, /^TypeError: order\.why: say what the order is for \(faulty\.ts:15\)$/],
    [6, /^TypeError: onTrade must not be async/],
    [
      7,
      /^RangeError: ArrayBuffer of 1431 MB: a strategy may take 48 MB of memory \(faulty\.ts:17\)$/,
    ],
  ] as const)('price %d: says what, and the line', { timeout: TIMEOUT_MS }, async (price, what) => {
    const { find } = await open1();
    const { play } = run(find('user:faulty'));
    await play(0, 100);
    await expect(play(1, price)).rejects.toThrow(what);
  });

  it('is none that only takes its time', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const body = `onTrade(trade, bot) {
      let sum = 0;
      for (let i = 0; i < 2e8; i += 1) sum += i % 7;
      bot.log.info(String(sum));
    },`;
    const { find } = await open({ 'slow.js': strategy(body) }, { ...LIMITS, answerMs: TIMEOUT_MS });
    const { play } = run(find('user:slow'));
    const began = performance.now();
    await play(0, 100);
    const took = performance.now() - began;
    // Long enough that one might think it hangs.
    expect(took).toBeGreaterThan(150);
  });

  it('price 3: has more memory taken than there is, long before it has taken too long', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { find } = await open1({ ...LIMITS, answerMs: TIMEOUT_MS });
    const { play } = run(find('user:faulty'));
    await play(0, 100);
    const began = performance.now();
    const what = /^onTrade needed more than 48 MB of memory \(faulty\.ts:4\)$/;
    await expect(play(1, 3)).rejects.toThrow(what);
    expect(performance.now() - began).toBeLessThan(TIMEOUT_MS / 2);
  });
});

describe('a file that changes', () => {
  const version = (word: string, more = '') =>
    strategy(
      `onTrade(trade, bot) { bot.state.words = [...(bot.state.words ?? []), '${word}']; bot.log.info(bot.state.words.join()); },`,
      more,
    );

  it('is another strategy from then on, which takes over the state that it accepts', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { folder, strategies, renewed, find } = await open({ 'words.js': version('one') });
    const first = run(find('user:words'));
    await first.play(0, 1);
    const savedState = JSON.parse(JSON.stringify(first.runner.runtime().strategyState));
    folder.write('words.js', version('two'));
    await strategies.look();
    expect(renewed).toEqual(['user:words']);
    const second = run(find('user:words'), {}, savedState);
    await second.play(1, 1);
    expect(second.logs().at(-1)).toBe('one,two');
    folder.write('words.js', version('three', 'stateVersion: 2,'));
    await strategies.look();
    const third = run(find('user:words'), {}, savedState);
    await third.play(2, 1);
    expect(third.logs().at(-1)).toBe('three');
  });

  it('and no longer compiles leaves the version before it, also for a bot that starts now', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { folder, strategies, problems, renewed, find } = await open({
      'words.js': version('one'),
    });
    folder.write('words.js', 'export default {');
    await strategies.look();
    expect(problems).toMatchObject([{ strategyId: 'user:words', hasVersion: true }]);
    expect(renewed).toEqual([]);
    const bot = run(find('user:words'));
    await bot.play(0, 1);
    expect(bot.logs()).toEqual(['one']);
    folder.write('words.js', version('two'));
    await strategies.look();
    expect(strategies.problems).toEqual([]);
  });

  it('is looked at again when what it imports from a folder beside it changes', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { folder, strategies, renewed } = await open({
      'lib/words.ts': `export const name = 'one';`,
      'words.ts': `import { name } from './lib/words.ts'; ${strategy(`onTrade() {}`).replace("'Test'", 'name')}`,
    });
    strategies.watch();
    folder.write('lib/words.ts', `export const name = 'two';`);
    const isRenewed = (times: number) =>
      eventually(
        () => renewed,
        ({ length }) => length >= times,
        TIMEOUT_MS,
      );
    await isRenewed(1);
    expect(strategies.definitions.map(({ name }) => name)).toEqual(['two']);
    // A folder that came later is watched as well.
    folder.write('lib/deep/words.ts', `export const name = 'three';`);
    folder.write('lib/words.ts', `export { name } from './deep/words.ts';`);
    await isRenewed(2);
    folder.write('lib/deep/words.ts', `export const name = 'four';`);
    await isRenewed(3);
    expect(strategies.definitions.map(({ name }) => name)).toEqual(['four']);
  });

  it('goes on while the folder is away, and is looked at again where another takes its place', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { folder, strategies, renewed, find } = await open({ 'words.js': version('one') });
    strategies.watch();
    folder.remove();
    await setTimeout(500);
    expect(find('user:words').name).toBe('Test');
    folder.write('words.js', version('two'));
    await eventually(
      () => renewed,
      (ids) => ids.includes('user:words'),
      TIMEOUT_MS,
    );
    folder.write('words.js', version('three'));
    await eventually(
      () => renewed,
      ({ length }) => length >= 2,
      TIMEOUT_MS,
    );
  });

  it('is none of two of one name: the version before them goes on', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { folder, strategies, problems, renewed, find } = await open({
      'words.ts': version('one'),
    });
    folder.write('words.js', version('two'));
    folder.write('words.ts', version('three'));
    await strategies.look();
    await strategies.look();
    expect(problems.map(({ message }) => message)).toEqual([
      'There are several files of this name: words.js, words.ts',
    ]);
    expect(renewed).toEqual([]);
    const bot = run(find('user:words'));
    await bot.play(0, 1);
    expect(bot.logs()).toEqual(['one']);
    rmSync(join(folder.path, 'words.ts'));
    await strategies.look();
    expect(strategies.problems).toEqual([]);
    expect(renewed).toEqual(['user:words']);
  });

  it('is told to the bots of it also where it was gone for a while', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { folder, strategies, renewed } = await open({ 'words.js': version('one') });
    const remove = async () => {
      rmSync(join(folder.path, 'words.js'));
      await strategies.look();
      expect(strategies.definitions).toEqual([]);
    };
    await remove();
    folder.write('words.js', version('one'));
    await strategies.look();
    expect(renewed).toEqual([]);
    await remove();
    folder.write('words.js', version('two'));
    await strategies.look();
    expect(renewed).toEqual(['user:words']);
  });

  it('and is gone leaves its version to a bot that has not thought yet', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { folder, find } = await open({ 'words.js': version('one') });
    const bot = run(find('user:words'));
    rmSync(join(folder.path, 'words.js'));
    await bot.play(0, 1);
    expect(bot.logs()).toEqual(['one']);
  });
});
