import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Candle, INTERVAL_MS } from '#domain/candle.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { EpochMs } from '#domain/units.ts';
import { BENCH_ID, benchInstrument, benchRunner } from '#tests/fakes/bot-bench.ts';
import { closedCandle, tradeEvent } from '#tests/fakes/market-events.ts';
import type { ShowTrade } from './bot-runner.ts';
import type { HistoryQuery } from './candle-history.ts';
import {
  defineStrategy,
  type Strategy,
  type StrategyAnswer,
  type StrategyDefinition,
  type StrategyOrder,
} from './strategy.ts';

const MINUTE = INTERVAL_MS['1m'];
const START = 1_000 * MINUTE;
const trade = (time: number, price: number) => tradeEvent(BENCH_ID, time, price);
const flat = (openTime: number, price: number): Candle =>
  closedCandle(openTime, [price, price, price, price]);

type Wishes = Partial<Pick<StrategyDefinition, 'candles' | 'warmUpCandles' | 'timerMs'>>;

/** Writes down what it is told. */
function diary(wishes: Wishes, extra: Partial<Strategy> = {}) {
  const told: string[] = [];
  const definition = defineStrategy({
    id: 'bench',
    name: 'Bench',
    description: 'Writes down what it is told.',
    parameters: z.looseObject({}),
    ...wishes,
    create: () => ({
      onStart: () => told.push('start'),
      onForget: () => told.push('forget'),
      onHistory: ({ close }) => told.push(`history ${close}`),
      onCandle: ({ close }) => told.push(`candle ${close}`),
      onTrade: ({ price }) => told.push(`trade ${price}`),
      onTimer: ({ time }) => told.push(`timer ${time - START}`),
      onBook: () => told.push('book'),
      onOrder: ({ status }) => told.push(`order ${status}`),
      onFill: () => told.push('fill'),
      state: () => ({ kept: true }),
      ...extra,
    }),
  });
  return { told, definition };
}

const onMinutes: Wishes = { candles: () => '1m', warmUpCandles: () => 2 };
const past = [flat(START - 2 * MINUTE, 1), flat(START - MINUTE, 2)];

describe('an instrument that changes', () => {
  it('is another one for strategy and account from then on', () => {
    const seen: number[] = [];
    const { definition } = diary(
      {},
      { onTrade: (_trade, { instrument }) => seen.push(instrument.priceIncrement) },
    );
    const { runner, account } = benchRunner(definition);
    runner.onEvent(trade(START, 1));
    const changed = { ...benchInstrument, priceIncrement: 0.5 };
    runner.applyInstrument(changed);
    runner.onEvent(trade(START, 1));
    expect(seen).toEqual([0.1, 0.5]);
    expect(account.instruments).toEqual([changed]);
  });
});

describe('warm-up', () => {
  it('tells the past first, then starts, then goes on with the candle in progress', () => {
    const { told, definition } = diary(onMinutes);
    const asked: HistoryQuery[] = [];
    const inProgress = { ...flat(START, 3), high: 9, tradeCount: 7, isClosed: false } as Candle;
    const { runner, logs } = benchRunner(
      definition,
      {},
      {
        history: (query) => {
          asked.push(query);
          return [flat(START - 3 * MINUTE, 0), ...past, inProgress];
        },
      },
    );
    runner.onEvent(trade(START + 5, 3));
    runner.onEvent(trade(START + MINUTE, 4));
    expect(asked).toEqual([{ interval: '1m', count: 2, before: START + 5 }]);
    expect(told).toEqual(['history 1', 'history 2', 'start', 'trade 3', 'candle 3', 'trade 4']);
    expect(logs()).toEqual(['Warmed up with 2 of 2 candles (1m)']);
  });

  it('says where less is known than it wants', () => {
    const { definition } = diary(onMinutes);
    const { runner, logs } = benchRunner(definition, {}, { history: () => past.slice(1) });
    runner.onEvent(trade(START, 3));
    expect(logs()[0]).toContain('1 of 2 candles (1m): no more is known');
  });

  it('queues what happens while the past is being fetched', async () => {
    const { told, definition } = diary(onMinutes);
    const fetched = Promise.withResolvers<readonly Candle[]>();
    const { runner } = benchRunner(definition, {}, { history: () => fetched.promise });
    runner.onEvent(trade(START, 3));
    runner.onEvent(trade(START + MINUTE, 4));
    expect(told).toEqual([]);
    fetched.resolve(past);
    await fetched.promise;
    await nextTurn();
    expect(told).toEqual([
      ...['history 1', 'history 2', 'start', 'trade 3', 'candle 3', 'trade 4'],
    ]);
  });

  it('does nothing more where it was stopped while it waited', async () => {
    const { told, definition } = diary(onMinutes);
    const fetched = Promise.withResolvers<readonly Candle[]>();
    const { runner, faults } = benchRunner(definition, {}, { history: () => fetched.promise });
    runner.onEvent(trade(START, 3));
    runner.stop('stopped by the user');
    fetched.resolve(past);
    await fetched.promise;
    await nextTurn();
    expect(told.filter((line) => line.startsWith('trade'))).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('hands a past that cannot be had to the guard of its faults', async () => {
    const { definition } = diary(onMinutes);
    const fetched = Promise.withResolvers<readonly Candle[]>();
    const { runner, faults } = benchRunner(definition, {}, { history: () => fetched.promise });
    runner.onEvent(trade(START, 3));
    fetched.reject(new Error('no line'));
    await fetched.promise.catch(() => undefined);
    await nextTurn();
    expect(faults).toEqual([new Error('no line')]);
  });
});

describe('a gap in the candles', () => {
  const gap = (minutes: number) =>
    ({
      kind: 'gap',
      instrumentId: BENCH_ID,
      fromTime: START as EpochMs,
      toTime: (START + minutes * MINUTE) as EpochMs,
      reason: 'the line was down',
    }) as const;

  it('of a few intervals changes nothing: candles count that there are', () => {
    const { told, definition } = diary(onMinutes);
    const { runner } = benchRunner(definition);
    runner.onEvent(trade(START, 3));
    runner.onEvent(gap(3));
    runner.onEvent(trade(START + 4 * MINUTE, 4));
    expect(told).not.toContain('forget');
    expect(told).toContain('candle 3');
  });

  it('of more begins anew with the past, and closes no half candle', () => {
    const { told, definition } = diary(onMinutes);
    const { runner } = benchRunner(
      definition,
      {},
      {
        history: ({ before }) => [flat(before - MINUTE, 7)],
      },
    );
    runner.onEvent(trade(START, 3));
    told.length = 0;
    runner.onEvent(gap(4));
    runner.onEvent(trade(START + 4 * MINUTE, 4));
    expect(told).toEqual(['forget', 'history 7', 'trade 4']);
  });

  it('a market that was merely quiet is none', () => {
    const { told, definition } = diary(onMinutes);
    const { runner } = benchRunner(definition);
    runner.onEvent(trade(START, 3));
    runner.onEvent(trade(START + 60 * MINUTE, 4));
    expect(told).toContain('candle 3');
  });
});

describe('a clock that jumps', () => {
  it('back by a little is a late trade, back by more is another time: it begins anew', () => {
    const { told, definition } = diary(onMinutes);
    const { runner } = benchRunner(definition);
    runner.onEvent(trade(START, 3));
    told.length = 0;
    runner.onEvent(trade(START - MINUTE, 4));
    expect(told).toEqual(['trade 4']);
    runner.onEvent(trade(START - 10 * MINUTE, 5));
    expect(told.slice(1)).toEqual(['forget', 'trade 5']);
    runner.onEvent(trade(START - 9 * MINUTE, 6));
    expect(told.slice(3)).toEqual(['candle 5', 'trade 6']);
  });

  /** As the exchange dates it, while our clock says another time. */
  const dated = (eventTime: number, price: number, receivedTime: number) => {
    const { trade: made, kind } = trade(eventTime, price);
    return { kind, trade: { ...made, receivedTime: receivedTime as EpochMs } };
  };
  const MONTH = 30 * 24 * 60 * MINUTE;

  it('ahead closes no candle early and keeps none from closing: the trade is of the minute it came in', () => {
    const { told, definition } = diary(onMinutes);
    const { runner } = benchRunner(definition);
    runner.onEvent(trade(START, 3));
    told.length = 0;
    runner.onEvent(dated(START + MONTH, 9, START + 10));
    runner.onEvent(trade(START + 20, 4));
    runner.onEvent(trade(START + MINUTE, 5));
    runner.onEvent(trade(START + 2 * MINUTE, 6));
    expect(told).toEqual(['trade 9', 'trade 4', 'candle 4', 'trade 5', 'candle 5', 'trade 6']);
  });

  it('ahead at the start warms up with what was known by then', () => {
    const asked: HistoryQuery[] = [];
    const { told, definition } = diary(onMinutes);
    const history = (query: HistoryQuery) => {
      asked.push(query);
      return [...past, flat(START, 3)];
    };
    const { runner } = benchRunner(definition, {}, { history });
    runner.onEvent(dated(START + MONTH, 9, START + 10));
    runner.onEvent(trade(START + MINUTE, 5));
    expect(asked.map(({ before }) => before)).toEqual([START + 10]);
    expect(told.slice(1)).toEqual(['history 2', 'start', 'trade 9', 'candle 3', 'trade 5']);
  });

  it('ahead of ours by seconds, as where ours is late, is the exchange’s: so are its candles', () => {
    const { told, definition } = diary(onMinutes);
    const { runner } = benchRunner(definition);
    const late = 5_000;
    runner.onEvent(dated(START, 3, START - late));
    told.length = 0;
    runner.onEvent(dated(START + MINUTE - 1, 4, START + MINUTE - 1 - late));
    runner.onEvent(dated(START + MINUTE, 5, START + MINUTE - late));
    expect(told).toEqual(['trade 4', 'candle 4', 'trade 5']);
  });

  it('does not make its timer fall silent, nor make up for what passed', () => {
    const { told, definition } = diary({ timerMs: () => 1_000 });
    const { runner } = benchRunner(definition);
    for (const at of [0, 999, 1_000, 1_500, 7_200, 7_999, 8_000, -60_000, -59_000]) {
      runner.onEvent(trade(START + at, 1));
    }
    expect(told.filter((line) => line.startsWith('timer'))).toEqual([
      ...['timer 1000', 'timer 7200', 'timer 8000', 'timer -59000'],
    ]);
  });

  it('does not ring its timer before the time by our clock, for an event that is dated ahead', () => {
    const { told, definition } = diary({ timerMs: () => MINUTE });
    const { runner } = benchRunner(definition);
    const ahead = trade(START + 90 * MINUTE, 2);
    const receivedTime = (START + 10) as EpochMs;
    runner.onEvent(trade(START, 1));
    runner.onEvent({ ...ahead, trade: { ...ahead.trade, receivedTime } });
    runner.onEvent({
      kind: 'bookDelta',
      delta: {
        ...{ instrumentId: BENCH_ID, bids: [], asks: [], sequence: 1 },
        ...{ eventTime: null, receivedTime },
      },
    });
    runner.onEvent(trade(START + 20, 3));
    expect(told.filter((line) => line.startsWith('timer'))).toEqual([]);
    runner.onEvent(trade(START + MINUTE, 4));
    expect(told.filter((line) => line.startsWith('timer'))).toEqual([`timer ${MINUTE}`]);
  });
});

describe('restart', () => {
  it('goes on with the candle in progress and the timer, and does not start a second time', () => {
    const { told, definition } = diary({ ...onMinutes, timerMs: () => MINUTE });
    const before = benchRunner(definition);
    before.runner.onEvent(trade(START + 1, 3));
    told.length = 0;
    const savedState = JSON.parse(JSON.stringify(before.runner.runtime().strategyState));
    const { runner } = benchRunner(definition, {}, { savedState });
    runner.onEvent(trade(START + MINUTE, 4));
    expect(told).toEqual(['timer 60000', 'candle 3', 'trade 4']);
  });

  it('after a longer rest begins anew with the past', () => {
    const { told, definition } = diary(onMinutes);
    const before = benchRunner(definition);
    before.runner.onEvent(trade(START, 3));
    told.length = 0;
    const { strategyState: savedState } = before.runner.runtime();
    const { runner } = benchRunner(definition, {}, { savedState, history: () => past });
    runner.onEvent(trade(START + 10 * MINUTE, 4));
    expect(told).toEqual(['forget', 'history 1', 'history 2', 'trade 4']);
  });

  it('hands a state that was written before runners had one to the strategy', () => {
    let given: unknown;
    const { definition } = diary({});
    const create: StrategyDefinition['create'] = (parameters, saved) => {
      given = saved;
      return definition.create({ ...parameters }, saved);
    };
    benchRunner({ ...definition, create }, {}, { savedState: { centerPrice: 5 } });
    expect(given).toEqual({ centerPrice: 5 });
  });
});

describe('a strategy that does too much', () => {
  const order: StrategyOrder = {
    ...({ type: 'limit', side: 'buy', why: 'more' } as const),
    quantity: '1' as DecimalString,
    limitPrice: '1' as DecimalString,
  };

  it('is stopped where it orders in a loop, also where it looks away', () => {
    const { definition } = diary(
      {},
      {
        onTrade: (_, context) => {
          for (let count = 0; count < 2_000; count += 1) {
            try {
              context.place(order);
            } catch {
              break;
            }
          }
        },
      },
    );
    const { runner } = benchRunner(definition);
    expect(() => runner.onEvent(trade(START, 3))).toThrow('orders in a loop');
  });

  it('is stopped where its answers to its own orders have no end', () => {
    const { definition } = diary(
      {},
      {
        onTrade: (_, context) => context.place(order),
        onOrder: (_, context) => context.place(order),
      },
    );
    const { runner } = benchRunner(definition);
    expect(() => runner.onEvent(trade(START, 3))).toThrow(/without end|in a loop/);
  });
});

describe('a strategy that thinks elsewhere', () => {
  const order: StrategyOrder = {
    ...({ type: 'limit', side: 'buy', why: 'cheap' } as const),
    quantity: '1' as DecimalString,
    limitPrice: '5' as DecimalString,
  };

  /** Answers each trade when it is let to, with an order. */
  function thinker() {
    const thoughts: PromiseWithResolvers<StrategyAnswer>[] = [];
    let told: number[] = [];
    const { definition } = diary(
      {},
      {
        onTrade: ({ price }) => told.push(price),
        answer: () => {
          if (told.length === 0) return null;
          told = [];
          const thought = Promise.withResolvers<StrategyAnswer>();
          thoughts.push(thought);
          return thought.promise;
        },
      },
    );
    return { definition, thoughts };
  }

  it('[T5] sees one event after another, each with its answer dealt with', async () => {
    const { definition, thoughts } = thinker();
    const { runner, committed } = benchRunner(definition);
    runner.onEvent(trade(START, 9));
    runner.onEvent(trade(START + 1, 5));
    expect(thoughts).toHaveLength(1);
    thoughts[0]?.resolve((context) => context.place(order));
    await thoughts[0]?.promise;
    await nextTurn();
    expect(committed.flatMap(({ fills }) => fills)).toEqual([]);
    expect(thoughts).toHaveLength(2);
    thoughts[1]?.resolve(() => undefined);
    await runner.settled;
    expect(committed.flatMap(({ fills }) => fills.map(({ price }) => price))).toEqual(['5']);
    expect(runner.settled).toBeNull();
  });

  it('lets the user act meanwhile, and drops the answer once it is stopped', async () => {
    const { definition, thoughts } = thinker();
    const { runner, committed } = benchRunner(definition);
    runner.onEvent(trade(START, 9));
    runner.stop('by the user');
    thoughts[0]?.resolve((context) => context.place(order));
    await thoughts[0]?.promise;
    await nextTurn();
    expect(committed.flatMap(({ orders }) => orders)).toEqual([]);
    expect(runner.settled).toBeNull();
  });

  it('fails with what went wrong elsewhere', async () => {
    const { definition, thoughts } = thinker();
    const { runner, faults } = benchRunner(definition);
    runner.onEvent(trade(START, 9));
    thoughts[0]?.reject(new Error('out of memory'));
    await nextTurn();
    expect(faults).toEqual([new Error('out of memory')]);
  });
});

describe('a run on candles', () => {
  it('matches orders along the way of the candle, then gives the closed candle', () => {
    const { told, definition } = diary(
      { candles: () => '1m' },
      {
        onCandle: ({ close }, context) => {
          told.push(`candle ${close}`);
          if (context.openOrders.length > 0) return;
          const limitPrice = '95' as DecimalString;
          const quantity = '1' as DecimalString;
          context.place({ type: 'limit', side: 'buy', quantity, limitPrice, why: 'cheap' });
        },
      },
    );
    const shown: number[] = [];
    const { runner, committed } = benchRunner(definition);
    const show: ShowTrade = ({ trade }) => shown.push(trade.price);
    const play = (openTime: number, prices: Parameters<typeof closedCandle>[1]) =>
      runner.onCandle(closedCandle(openTime, prices), (openTime + MINUTE) as EpochMs, show);
    play(START, [100, 101, 94, 98]);
    play(START + MINUTE, [98, 99, 94, 97]);
    expect(shown).toEqual([98, 98, 99, 95, 94, 97]);
    expect(told).toEqual([
      ...['start', 'candle 98', 'order accepted', 'fill', 'order filled', 'candle 97'],
      'order accepted',
    ]);
    const [fill] = committed.flatMap(({ fills }) => fills);
    expect(fill).toMatchObject({ price: '95' });
    expect(fill?.eventTime).toBeGreaterThan(START + MINUTE);
    expect(fill?.eventTime).toBeLessThan(START + 2 * MINUTE);
  });

  it('makes coarser candles of them', () => {
    const { told, definition } = diary({ candles: () => '3m' });
    const { runner } = benchRunner(definition);
    const first = Math.ceil(START / (3 * MINUTE)) * 3 * MINUTE;
    for (const minute of [0, 1, 2, 3]) {
      const openTime = first + minute * MINUTE;
      runner.onCandle(flat(openTime, minute), (openTime + MINUTE) as EpochMs, () => undefined);
    }
    expect(told).toEqual(['start', 'candle 2']);
  });
});
