import { describe, expect, it } from 'vitest';
import { type Candle, INTERVAL_MS } from '#domain/candle.ts';
import { decimal } from '#domain/decimal.ts';
import type { Order } from '#domain/order.ts';
import { flatPosition } from '#domain/position.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { BENCH_ID, benchRunner } from '#tests/fakes/bot-bench.ts';
import { InstantAccount } from '#tests/fakes/instant-account.ts';
import { closedCandle, tradeEvent } from '#tests/fakes/market-events.ts';
import {
  referenceDonchian,
  referenceEma,
  referenceRsi,
  referenceSma,
} from '#tests/fakes/reference-indicators.ts';
import { readRecordedCandles } from '#tests/support/recorded-candles.ts';
import { hasRecordings, needsRecordings } from '#tests/support/recordings.ts';
import type { StrategyDefinition } from '../strategy.ts';
import { BUILT_IN_STRATEGIES } from './built-in.ts';
import { dcaStrategy } from './dca.ts';
import { donchianBreakoutStrategy } from './donchian-breakout.ts';
import { gridStrategy } from './grid.ts';
import { movingAverageCrossStrategy } from './moving-average-cross.ts';
import { rsiReversionStrategy } from './rsi-reversion.ts';

const MINUTE = INTERVAL_MS['1m'];
const START = 30_000_000 * MINUTE;

const account = () =>
  new InstantAccount({
    cash: decimal(1_000_000),
    position: flatPosition('bot1', BENCH_ID, 0 as EpochMs),
    openOrders: [],
    orderSequence: 0,
    fillSequence: 0,
    lastPrice: null,
  });

/** A market of which nothing but the last trade is known. */
function shownMarket() {
  let lastTrade: Trade | null = null;
  return {
    book: { isReady: false, best: () => undefined, level: () => undefined },
    quote: null,
    get lastTrade() {
      return lastTrade;
    },
    show: ({ trade }: { readonly trade: Trade }) => {
      lastTrade = trade;
    },
  };
}

/** The orders as they ended, with their place in time: minutes since the first candle. */
function runOn(
  candles: readonly Candle[],
  definition: StrategyDefinition,
  params: Record<string, unknown>,
) {
  const market = shownMarket();
  const own = account();
  const bench = benchRunner(definition, params, { account: own, market });
  for (const candle of candles) {
    bench.runner.onCandle(candle, (candle.openTime + MINUTE) as EpochMs, market.show);
  }
  const orders = new Map<string, Order>();
  for (const changes of bench.committed) for (const o of changes.orders) orders.set(o.id, o);
  const first = candles[0]?.openTime ?? 0;
  return {
    ...bench,
    account: own,
    orders: [...orders.values()],
    signals: [...orders.values()].map(({ createdTime, side, quantity }) => {
      const index = (createdTime - first) / MINUTE - 1;
      return `${index} ${side} ${quantity}`;
    }),
  };
}

const recorded = hasRecordings ? readRecordedCandles().slice(0, 6_000) : [];
const closes = recorded.map(({ close }) => close as number);

/** What to hold after each candle, as orders: the difference to what was held. */
function ordersFor(targets: readonly number[]): string[] {
  let held = 0;
  return targets.flatMap((target, index) => {
    const delta = target - held;
    held = target;
    return delta === 0 ? [] : [`${index} ${delta > 0 ? 'buy' : 'sell'} ${Math.abs(delta)}`];
  });
}

describe.skipIf(!hasRecordings)(
  `signals on recorded candles, computed once more${needsRecordings}`,
  () => {
    it.each(['SMA', 'EMA'] as const)('moving-average cross with %s', (average) => {
      const reference = average === 'SMA' ? referenceSma : referenceEma;
      const fast = reference(closes, 10);
      const slow = reference(closes, 30);
      let side = 0;
      let target = 0;
      const targets = closes.map((_, i) => {
        const difference = (fast[i] ?? 0) - (slow[i] ?? 0);
        const now = slow[i] === null ? 0 : Math.sign(difference) || side;
        if (side !== 0 && now !== side) target = now;
        side = now;
        return target;
      });
      const params = { average, fast: 10, slow: 30, quantity: '1', directions: 'both' };
      const { signals } = runOn(recorded, movingAverageCrossStrategy, params);
      expect(signals.length).toBeGreaterThan(100);
      expect(signals).toEqual(ordersFor(targets));
    });

    it('RSI reversion', () => {
      const rsi = referenceRsi(closes, 14);
      let target = 0;
      const targets = rsi.map((now, i) => {
        const before = rsi[i - 1] ?? null;
        if (now === null) return target;
        if (before !== null && before >= 30 && now < 30) target = 1;
        else if (before !== null && before <= 70 && now > 70) target = -1;
        else if ((target > 0 && now >= 50) || (target < 0 && now <= 50)) target = 0;
        return target;
      });
      const params = { period: 14, quantity: '1', directions: 'both' };
      const { signals } = runOn(recorded, rsiReversionStrategy, params);
      expect(signals.length).toBeGreaterThan(100);
      expect(signals).toEqual(ordersFor(targets));
    });

    it.each([
      ['long', (target: number) => Math.max(0, target)],
      ['both', (target: number) => target],
    ] as const)('Donchian breakout, %s', (directions, allowed) => {
      const entry = referenceDonchian(recorded, 20);
      const exit = referenceDonchian(recorded, 10);
      let target = 0;
      const targets = closes.map((close, i) => {
        const channel = entry[i - 1];
        const way = exit[i - 1];
        if (channel && close > channel.upper && target <= 0) target = 1;
        else if (channel && close < channel.lower && target >= 0) target = allowed(-1);
        else if (way && target > 0 && close < way.lower) target = 0;
        else if (way && target < 0 && close > way.upper) target = 0;
        return target;
      });
      const params = { interval: '1m', entryPeriod: 20, exitPeriod: 10, quantity: '1', directions };
      const { signals } = runOn(recorded, donchianBreakoutStrategy, params);
      expect(signals.length).toBeGreaterThan(100);
      expect(signals).toEqual(ordersFor(targets));
    });
  },
);

const at = (minute: number, price: number) =>
  closedCandle(START + minute * MINUTE, [price, price, price, price]);

describe('stops', () => {
  const params = {
    ...{ average: 'SMA', fast: 2, slow: 3, quantity: '1', stopLossPercent: 2 },
  };

  it('follow the entry at their distance, and go with the position', () => {
    const whole = [100, 101, 102, 101, 100, 99, 101, 104];
    const run = runOn(
      whole.map((price, i) => at(i, price)),
      movingAverageCrossStrategy,
      {
        ...params,
        directions: 'both',
      },
    );
    const [entry, stop, turn, second] = run.orders;
    expect(entry).toMatchObject({ type: 'market', side: 'sell', quantity: '1' });
    expect(stop).toMatchObject({ type: 'stop', side: 'buy', quantity: '1', reduceOnly: true });
    expect(Number(stop?.triggerPrice)).toBeCloseTo(
      Number(run.committed.flatMap(({ fills }) => fills)[0]?.price) * 1.02,
      0,
    );
    expect(stop?.status).toMatch(/canceled|filled/);
    expect(turn).toMatchObject({ side: 'buy' });
    expect(second).toMatchObject({ type: 'stop', side: 'sell' });
  });

  it('that are reached leave it flat until the next signal', () => {
    const candles = [100, 99, 98, 99, 101].map((price, i) => at(i, price));
    const run = runOn(
      [...candles, closedCandle(START + 5 * MINUTE, [101, 101, 90, 101]), at(6, 102), at(7, 103)],
      movingAverageCrossStrategy,
      params,
    );
    expect(run.orders.map(({ type, side, status }) => [type, side, status])).toEqual([
      ['market', 'buy', 'filled'],
      ['stop', 'sell', 'filled'],
    ]);
    expect(run.account.position.quantity).toBe('0');
  });
});

describe('cost averaging', () => {
  const params = { amount: '1000', everyMinutes: 10, mostPurchases: 3, takeProfitPercent: 5 };

  it('buys for the same money at whole multiples of its period, and no more than it may', () => {
    const candles = Array.from({ length: 61 }, (_, i) => at(i, 100 - i / 10));
    const { orders, signals } = runOn(candles, dcaStrategy, params);
    const bought = orders.filter(({ side }) => side === 'buy');
    expect(bought.map(({ quantity }) => quantity)).toEqual(['10', '10.09', '10.193']);
    expect(
      signals.filter((line) => line.includes('buy')).map((line) => line.split(' ')[0]),
    ).toEqual([...['0', '9', '19']]);
  });

  it('moves its take profit with the average, and sells all there', () => {
    const candles = Array.from({ length: 61 }, (_, i) => at(i, i < 40 ? 100 : 120));
    const { orders, account: own } = runOn(candles, dcaStrategy, params);
    const exits = orders.filter(({ side }) => side === 'sell');
    expect(exits.map(({ status, quantity }) => [status, quantity])).toEqual([
      ['canceled', '10'],
      ['canceled', '20'],
      ['filled', '30'],
    ]);
    expect(exits.at(-1)?.limitPrice).toBe('105');
    expect(own.position.quantity).toBe('0');
  });

  it('buys at once where there are trades, and nothing for money at a price that is not above zero', () => {
    const market = shownMarket();
    const bench = benchRunner(dcaStrategy, params, { account: account(), market });
    for (const [minute, price] of [
      [1, 100],
      [2, 100],
      [10, -5],
    ] as const) {
      const event = tradeEvent(BENCH_ID, START + minute * MINUTE, price);
      market.show(event);
      bench.runner.onEvent(event);
    }
    const bought = bench.committed.flatMap(({ fills }) => fills);
    expect(bought.map(({ quantity }) => quantity)).toEqual(['10']);
    expect(bench.logs()).toEqual([expect.stringContaining('an amount of money is no quantity')]);
  });
});

describe('grid', () => {
  it('keeps its buys below and its sells above a negative price', () => {
    const bench = benchRunner(gridStrategy, { levels: 1, spacingBps: 100, quantity: '1' });
    bench.runner.onEvent(tradeEvent(BENCH_ID, START, -100));
    expect(bench.account.openOrders.map(({ side, limitPrice }) => [side, limitPrice])).toEqual([
      ['buy', '-101'],
      ['sell', '-99'],
    ]);
  });

  it('refuses to lay levels upon one another', () => {
    const { runner } = benchRunner(gridStrategy, { spacingBps: 1 });
    expect(() => runner.onEvent(tradeEvent(BENCH_ID, START, 100))).toThrow(
      'finer than the price step',
    );
  });
});

/** None of them the default. */
const OTHER_VALUES: Readonly<Record<string, unknown>> = {
  ...{ quantity: '0.7', directions: 'both', stopLossPercent: 4 },
  ...{ oversold: 20, overbought: 85, exit: 45 },
  ...{ amount: '250', everyMinutes: 7, mostPurchases: 9, takeProfitPercent: 3 },
};

describe.each(BUILT_IN_STRATEGIES)('$name', (definition) => {
  it('says why with each order', () => {
    const market = shownMarket();
    const candles = Array.from({ length: 400 }, (_, i) =>
      at(i, Math.round(1_000 + 80 * Math.sin(i / 9) + i / 7)),
    );
    const params = { interval: '1m', everyMinutes: 10, quantity: '1' };
    const known = Object.keys(definition.parameters.shape);
    const given = Object.fromEntries(
      Object.entries(params).filter(([name]) => known.includes(name)),
    );
    const bench = benchRunner(definition, given, { account: account(), market });
    for (const candle of candles) {
      const event = tradeEvent(BENCH_ID, candle.openTime, candle.close);
      market.show(event);
      bench.runner.onEvent(event);
    }
    const orders = bench.committed.flatMap((changes) => changes.orders);
    expect(orders.length).toBeGreaterThan(4);
    for (const order of orders) expect(order.why).toMatch(/\S{2,}/);
  });

  it('goes on from its state with others of the parameters that it calls safe', () => {
    const names = Object.keys(definition.safeParameters ?? {});
    expect(names.length).toBeGreaterThan(0);
    const changed = Object.fromEntries(names.map((name) => [name, OTHER_VALUES[name]]));
    expect(Object.keys(definition.parameters.shape)).toEqual(expect.arrayContaining(names));
    expect(Object.values(changed)).not.toContain(undefined);
    const own = account();
    const before = benchRunner(definition, {}, { account: own, market: shownMarket() });
    for (let minute = 0; minute < 60; minute += 1) {
      before.runner.onEvent(tradeEvent(BENCH_ID, START + minute * MINUTE, 1_000 + (minute % 7)));
    }
    const { strategyState: savedState } = before.runner.runtime();
    const after = benchRunner(definition, changed, {
      account: own,
      market: shownMarket(),
      savedState,
    });
    after.runner.onEvent(tradeEvent(BENCH_ID, START + 60 * MINUTE, 1_000));
    expect(after.runner.runtime().strategyState).toMatchObject({ hasStarted: true });
  });

  it('has sensible defaults, and refuses what is out of range', () => {
    const defaults = definition.parameters.parse({});
    expect(definition.warmUpCandles(defaults)).toBeGreaterThanOrEqual(0);
    for (const [name, value] of Object.entries(defaults)) {
      const bad = typeof value === 'number' ? [-1, 1e9, Number.NaN, 'x'] : ['-1', '', 5, null];
      for (const wrong of bad) {
        expect(definition.parameters.safeParse({ [name]: wrong }).success).toBe(false);
      }
    }
    expect(definition.parameters.safeParse({ lucky: 7 }).success).toBe(false);
  });
});

describe('parameters that do not fit one another', () => {
  it.each([
    [movingAverageCrossStrategy, { fast: 30, slow: 30 }, 'slow'],
    [rsiReversionStrategy, { oversold: 60 }, 'exit'],
    [rsiReversionStrategy, { overbought: 40 }, 'exit'],
  ] as const)('%# are refused by name', (definition, params, field) => {
    const parsed = definition.parameters.safeParse(params);
    expect(parsed.error?.issues[0]?.path).toEqual([field]);
  });
});
