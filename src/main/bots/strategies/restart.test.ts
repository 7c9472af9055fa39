import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decimal, decimal } from '#domain/decimal.ts';
import { isOpen, type Order } from '#domain/order.ts';
import { flatPosition, type Position } from '#domain/position.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { BENCH_ID, benchRunner } from '#tests/fakes/bot-bench.ts';
import { InstantAccount } from '#tests/fakes/instant-account.ts';
import { tradeEvent } from '#tests/fakes/market-events.ts';
import type { StrategyDefinition } from '../strategy.ts';
import { BUILT_IN_STRATEGIES } from './built-in.ts';

const START = 1_700_000_000_000;
const START_CASH = decimal(100_000);

/** Short periods, so that every strategy trades within a few hundred trades. */
const PARAMS: Readonly<Record<string, Record<string, unknown>>> = {
  grid: { levels: 3, spacingBps: 60, quantity: '0.1' },
  dca: { amount: '50', everyMinutes: 1, takeProfitPercent: 1 },
  'ma-cross': { ...{ interval: '1s', average: 'EMA', fast: 2, slow: 5 }, ...sided() },
  'rsi-reversion': { ...{ interval: '1s', period: 4, oversold: 40, overbought: 60 }, ...sided() },
  'donchian-breakout': { ...{ interval: '1s', entryPeriod: 5, exitPeriod: 3 }, ...sided() },
};

function sided() {
  return { quantity: '0.5', directions: 'both', stopLossPercent: 1 };
}

interface Kept {
  readonly cash: Decimal;
  readonly position: Position;
  readonly orders: ReadonlyMap<string, Order>;
  readonly runtime: ReturnType<ReturnType<typeof benchRunner>['runner']['runtime']> | null;
  readonly lastPrice: number | null;
}

const FRESH: Kept = {
  cash: START_CASH,
  position: flatPosition('bot1', BENCH_ID, 0 as EpochMs),
  orders: new Map(),
  runtime: null,
  lastPrice: null,
};

/** Plays trades to a bot as it was kept, and gives what it is to be kept as, with what it told. */
function play(definition: StrategyDefinition, trades: readonly Trade[], kept: Kept) {
  const { cash, position, runtime, lastPrice } = kept;
  const account = new InstantAccount({
    ...{ cash, position, lastPrice },
    openOrders: [...kept.orders.values()].filter(isOpen),
    orderSequence: runtime?.orderSequence ?? 0,
    fillSequence: runtime?.fillCount ?? 0,
  });
  const market = {
    book: { isReady: false, best: () => undefined, level: () => undefined },
    quote: null,
    lastTrade: null as Trade | null,
  };
  const bench = benchRunner(definition, PARAMS[definition.id], {
    ...{ account, market },
    savedState: runtime?.strategyState,
  });
  for (const trade of trades) {
    market.lastTrade = trade;
    bench.runner.onEvent({ kind: 'trade', trade });
  }
  const orders = new Map(kept.orders);
  for (const changes of bench.committed) for (const o of changes.orders) orders.set(o.id, o);
  const next: Kept = {
    cash: account.cash,
    position: account.position,
    orders,
    runtime: JSON.parse(JSON.stringify(bench.runner.runtime())),
    lastPrice: trades.at(-1)?.price ?? lastPrice,
  };
  return {
    next,
    told: bench.committed.flatMap((changes) => [...changes.orders, ...changes.fills]),
  };
}

/** A walk with waits of up to two seconds, so that candles of a second are there, mostly. */
const walk = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: -60, max: 60 })), {
    minLength: 60,
    maxLength: 200,
  })
  .map((steps) => {
    let time = START;
    let price = 1_000;
    return steps.map(([wait, move]) => {
      time += wait;
      price = Math.round(10 * (price + move / 10)) / 10;
      return tradeEvent(BENCH_ID, time, price).trade;
    });
  });

describe.each(BUILT_IN_STRATEGIES)('$name', (definition) => {
  it('[X2] gives the same orders and fills with and without a restart, wherever it is', () => {
    let orders = 0;
    fc.assert(
      fc.property(walk, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (trades, cuts) => {
        const whole = play(definition, trades, FRESH);
        const places = [...new Set(cuts.map((cut) => cut % trades.length))].sort((a, b) => a - b);
        let kept = FRESH;
        const told: unknown[] = [];
        for (const [index, from] of [0, ...places].entries()) {
          const part = play(definition, trades.slice(from, places[index] ?? trades.length), kept);
          told.push(...part.told);
          kept = part.next;
        }
        expect(told).toEqual(whole.told);
        expect(kept.position).toEqual(whole.next.position);
        orders += whole.told.length;
      }),
      { numRuns: 40 },
    );
    expect(orders).toBeGreaterThan(100);
  });
});
