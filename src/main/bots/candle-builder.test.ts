import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { closedCandle, tradeEvent } from '#tests/fakes/market-events.ts';
import { CandleBuilder } from './candle-builder.ts';

const ID = 'demo:BTC/USDT' as InstrumentId;
const MINUTE = 60_000;

function build(trades: readonly (readonly [time: number, price: number, size?: number])[]) {
  const closed: Candle[] = [];
  const builder = new CandleBuilder('1m', (candle) => closed.push(candle));
  for (const [time, price, size] of trades) builder.add(tradeEvent(ID, time, price, size).trade);
  return { builder, closed };
}

describe('from trades', () => {
  it('is closed by the first trade of a later interval, and an empty interval has none', () => {
    const { closed, builder } = build([
      [MINUTE, 10, 2],
      [MINUTE + 1, 12, 1],
      [2 * MINUTE - 1, 9, 3],
      [5 * MINUTE, 11],
    ]);
    expect(closed).toEqual([
      {
        ...{ openTime: MINUTE, open: 10, high: 12, low: 9, close: 9 },
        ...{ volume: 6, buyVolume: 6, tradeCount: 3, isClosed: true },
      },
    ]);
    expect(builder.inProgress()).toMatchObject({
      openTime: 5 * MINUTE,
      close: 11,
      isClosed: false,
    });
  });

  it('counts a late trade into the candle in progress or, where that has closed, into none', () => {
    const { closed, builder } = build([
      [MINUTE + 10, 10],
      [MINUTE + 5, 20],
      [2 * MINUTE, 11],
      [MINUTE + 20, 99],
      [3 * MINUTE, 12],
    ]);
    expect(closed.map(({ high, close }) => [high, close])).toEqual([
      [20, 20],
      [11, 11],
    ]);
    expect(builder.inProgress()?.tradeCount).toBe(1);
  });

  it('makes the same candles whatever time ahead of its receipt a trade is dated at', () => {
    const step = fc.tuple(fc.nat(40_000), fc.integer({ min: 11_000, max: 2 ** 40 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), (steps) => {
        let time = 0;
        const [sound, jumping] = [0, 0].map(() => {
          const closed: Candle[] = [];
          return { closed, builder: new CandleBuilder('1m', (candle) => closed.push(candle)) };
        });
        for (const [index, [wait, aheadMs, isAhead]] of steps.entries()) {
          time += wait;
          const { trade } = tradeEvent(ID, time, index);
          const eventTime = (isAhead ? time + aheadMs : time) as EpochMs;
          sound?.builder.add(trade);
          jumping?.builder.add({ ...trade, eventTime });
        }
        expect(jumping?.closed).toEqual(sound?.closed);
        expect(jumping?.builder.inProgress()).toEqual(sound?.builder.inProgress());
      }),
    );
  });

  it('takes negative prices as they are', () => {
    const { builder } = build([
      [0, -5],
      [1, -7],
      [2, -1],
    ]);
    expect(builder.inProgress()).toMatchObject({ open: -5, high: -1, low: -7, close: -1 });
  });

  it('goes on from a candle in progress as if it had never stopped, wherever it is stopped', () => {
    const step = fc.tuple(fc.nat(40_000), fc.integer({ min: -50, max: 50 }), fc.nat(9));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), fc.nat(), (steps, cut) => {
        let time = 0;
        const trades = steps.map(([wait, price, size]) => {
          time += wait;
          return [time, price, size] as const;
        });
        const whole = build(trades);
        const at = cut % trades.length;
        const first = build(trades.slice(0, at));
        const rest: Candle[] = [];
        const second = new CandleBuilder('1m', (candle) => rest.push(candle));
        second.resume(JSON.parse(JSON.stringify(first.builder.inProgress())));
        for (const [t, price, size] of trades.slice(at)) {
          second.add(tradeEvent(ID, t, price, size).trade);
        }
        expect([...first.closed, ...rest]).toEqual(whole.closed);
        expect(second.inProgress()).toEqual(whole.builder.inProgress());
      }),
    );
  });
});

describe('from finer candles', () => {
  function merge(openTimes: readonly number[]) {
    const closed: Candle[] = [];
    const builder = new CandleBuilder('3m', (candle) => closed.push(candle));
    for (const openTime of openTimes) {
      const price = openTime / MINUTE;
      const candle = closedCandle(openTime, [price, price + 0.5, price - 0.5, price + 0.2]);
      builder.addCandle(candle, openTime + MINUTE);
    }
    return closed;
  }

  it('closes with the last of its candles, and is the sum of them', () => {
    expect(merge([0, MINUTE, 2 * MINUTE])).toEqual([
      {
        ...{ openTime: 0, open: 0, high: 2.5, low: -0.5, close: 2.2 },
        ...{ volume: 12, buyVolume: 6, tradeCount: 12, isClosed: true },
      },
    ]);
  });

  it('where the last ones are missing, closes with the first of the next', () => {
    const closed = merge([0, MINUTE, 3 * MINUTE, 4 * MINUTE, 5 * MINUTE]);
    expect(closed.map(({ openTime, tradeCount }) => [openTime, tradeCount])).toEqual([
      [0, 8],
      [3 * MINUTE, 12],
    ]);
  });

  it('passes candles of just its interval on as they are, each once, and never back in time', () => {
    const closed: Candle[] = [];
    const builder = new CandleBuilder('1m', (candle) => closed.push(candle));
    const [first, second] = [0, MINUTE].map((time) => closedCandle(time, [1, 3, 0, 2]));
    for (const candle of [first, second, second, first]) {
      if (candle) builder.addCandle(candle, candle.openTime + MINUTE);
    }
    expect(closed).toEqual([first, second]);
    expect(builder.inProgress()).toBeNull();
  });

  it('takes no candle twice', () => {
    const closed = merge([0, MINUTE, 2 * MINUTE, 2 * MINUTE, MINUTE, 3 * MINUTE]);
    expect(closed).toHaveLength(1);
  });
});
