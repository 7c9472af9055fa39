import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CANDLE_INTERVALS, type Candle } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { candlesByTheRule, stretches, tradeOf } from '#tests/support/invented-tape.ts';
import { aggregateCandles } from './aggregate-candles.ts';
import { CandleSeries } from './candle-series.ts';

const MINUTE = 60_000;
const START = 1_700_000_040_000;

function trade(
  offsetMs: number,
  price: number,
  size = 1,
  aggressorSide: 'buy' | 'sell' = 'buy',
): Trade {
  const time = (START + offsetMs) as EpochMs;
  return {
    instrumentId: 'demo:BTC/USDT' as InstrumentId,
    id: String(offsetMs),
    price: price as Price,
    size: size as Size,
    aggressorSide,
    eventTime: time,
    receivedTime: time,
  };
}

describe('CandleSeries', () => {
  it('opens, extends and closes with the trade that follows', () => {
    const series = new CandleSeries('1m');
    series.add(trade(0, 100, 2));
    series.add(trade(10_000, 104, 1, 'sell'));
    series.add(trade(20_000, 98, 1));
    const changed = series.add(trade(MINUTE, 101));
    if (changed === 'grew') throw new Error('a candle was closed');
    expect(changed.map(({ isClosed }) => isClosed)).toEqual([true, false]);
    expect(changed[0]).toEqual({
      openTime: START,
      open: 100,
      high: 104,
      low: 98,
      close: 98,
      volume: 4,
      buyVolume: 3,
      tradeCount: 3,
      isClosed: true,
    });
    expect(series.last).toMatchObject({ openTime: START + MINUTE, open: 101, tradeCount: 1 });
  });

  it('keeps what was given away as it was, and goes on from what was saved', () => {
    const series = new CandleSeries('1m');
    series.add(trade(0, 100, 2));
    expect(series.add(trade(10_000, 104, 1))).toBe('grew');
    const [given] = series.list(1);
    const saved = series.save(1);
    series.add(trade(20_000, 90, 3));
    expect(given).toMatchObject({ low: 100, close: 104, volume: 3, tradeCount: 2 });
    expect(series.last).toMatchObject({ low: 90, close: 90, volume: 6, tradeCount: 3 });
    series.add(trade(30_000, 80, 1));
    series.resume(saved);
    expect(series.last).toEqual(given);
    series.add(trade(40_000, 101, 1));
    expect(series.last).toMatchObject({ low: 100, close: 101, volume: 4, tradeCount: 3 });
  });

  it('makes no candle for an interval without a trade', () => {
    const series = new CandleSeries('1m');
    series.add(trade(0, 100));
    series.add(trade(3 * MINUTE, 101));
    expect(series.list(10).map(({ openTime }) => openTime)).toEqual([START, START + 3 * MINUTE]);
  });

  it('puts a late trade into the candle it belongs to, which it opens or closes only by its time', () => {
    const series = new CandleSeries('1m');
    series.add(trade(10_000, 99));
    series.add(trade(40_000, 100));
    series.add(trade(MINUTE, 101));
    const start = { openTime: START, isClosed: true };
    expect(series.add(trade(30_000, 90))).toMatchObject([
      { ...start, open: 99, low: 90, close: 100, tradeCount: 3 },
    ]);
    expect(series.add(trade(50_000, 95))).toMatchObject([{ ...start, open: 99, close: 95 }]);
    expect(series.add(trade(5_000, 98))).toMatchObject([{ ...start, open: 98, close: 95 }]);
    expect(series.last).toMatchObject({ openTime: START + MINUTE, close: 101 });
  });

  it('lets an older trade be neither the close nor a newer one the open of the candle in progress', () => {
    const series = new CandleSeries('1m');
    for (const [at, price] of [
      [20_000, 100],
      [30_000, 101],
      [25_000, 90],
      [10_000, 95],
    ] as const) {
      series.add(trade(at, price));
    }
    expect(series.last).toMatchObject({ open: 95, high: 101, low: 90, close: 101, tradeCount: 4 });
    // Of trades of one moment, the one that came first opens and the one that came last closes.
    series.add(trade(10_000, 96));
    series.add(trade(30_000, 102));
    expect(series.last).toMatchObject({ open: 95, close: 102 });
  });

  it('[T5] makes the candles that the tape makes of the same trades, in whatever order they came', () => {
    const first = tradeOf({ atMs: 0, cents: 100, units: 1_000, isSell: false }, -1);
    fc.assert(
      fc.property(stretches, (parts) => {
        // Whole sizes: live sums are not rounded as those of the tape are.
        const rest = parts.flat().map((one) => ({ ...one, size: Math.ceil(one.size) as Size }));
        const trades = [first, ...rest];
        const inOrder = trades.toSorted((a, b) => a.eventTime - b.eventTime);
        for (const interval of CANDLE_INTERVALS) {
          const series = new CandleSeries(interval);
          for (const one of trades) series.add(one);
          const expected = candlesByTheRule(inOrder, interval);
          expect(series.list(1_000)).toEqual(expected);
        }
      }),
    );
  });

  it('makes a candle of a late trade that is the only one of its interval', () => {
    const series = new CandleSeries('1m');
    series.add(trade(0, 100));
    series.add(trade(2 * MINUTE, 102));
    expect(series.add(trade(MINUTE, 101))).toMatchObject([
      { openTime: START + MINUTE, open: 101, tradeCount: 1, isClosed: true },
    ]);
    expect(series.list(10).map(({ open }) => open)).toEqual([100, 101, 102]);
  });

  it('does not let a straggler close a candle that history told to its end', () => {
    const series = new CandleSeries('1m');
    const history = new CandleSeries('1m');
    for (const minute of [0, 1]) history.add(trade(minute * MINUTE, 80 + minute));
    series.prepend(history.list(10).map((candle) => ({ ...candle, isClosed: true })));
    series.add(trade(2 * MINUTE, 100));
    for (const minute of [0, 1]) series.add(trade(minute * MINUTE + 59_000, 90));
    expect(series.list(10).map(({ close }) => close)).toEqual([80, 81, 100]);
  });

  it('knows no buyers and no count of an interval that began untold, and of the next one it does', () => {
    const series = new CandleSeries('1m');
    const history = new CandleSeries('1m');
    history.add(trade(0, 100, 5));
    series.prepend(
      history
        .list(1)
        .map((told) => ({ ...told, buyVolume: null, tradeCount: null, isClosed: true })),
    );
    series.add(trade(10_000, 101, 2));
    expect(series.last).toMatchObject({ volume: 7, buyVolume: null, tradeCount: null, close: 101 });
    series.add(trade(MINUTE, 102, 2));
    expect(series.last).toMatchObject({ volume: 2, buyVolume: 2, tradeCount: 1 });
  });

  it('drops a trade from before anything that it holds', () => {
    const series = new CandleSeries('1m');
    series.add(trade(MINUTE, 100));
    expect(series.add(trade(0, 100))).toEqual([]);
  });

  it('pages backwards by `before`', () => {
    const series = new CandleSeries('1m');
    for (let minute = 0; minute < 10; minute += 1) series.add(trade(minute * MINUTE, 100 + minute));
    const page = series.list(3, (START + 5 * MINUTE) as EpochMs);
    expect(page.map(({ open }) => open)).toEqual([102, 103, 104]);
  });

  describe('of thousands of candles', () => {
    const MOST = 10_000;
    /** Every second minute has a candle. */
    const filled = (count: number) => {
      const series = new CandleSeries('1m');
      for (let at = 0; at < count; at++) series.add(trade(2 * at * MINUTE, at));
      return series;
    };
    const opens = (series: CandleSeries) => series.list(2 * MOST).map(({ open }) => open);
    const numbers = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => from + index);

    it('keeps the newest 5,000 when there are more than 10,000', () => {
      const series = filled(MOST);
      expect(opens(series)).toEqual(numbers(0, MOST));
      series.add(trade(2 * MOST * MINUTE, MOST));
      expect(opens(series)).toEqual(numbers(MOST / 2 + 1, MOST + 1));
      expect(series.first).toMatchObject({ open: MOST / 2 + 1, isClosed: true });
      expect(series.last).toMatchObject({ open: MOST, isClosed: false });
    });

    it('has no more of them for a late one', () => {
      const series = filled(MOST);
      expect(series.add(trade(3 * MINUTE, 1.5))).toMatchObject([{ open: 1.5 }]);
      expect(opens(series)).toEqual([1, 1.5, ...numbers(2, MOST)]);
      expect(series.add(trade(3 * MINUTE + 1, 1.75))).toMatchObject([{ open: 1.5, close: 1.75 }]);
    });

    it('keeps 5,000 of what history is put in front', () => {
      const history = filled(MOST).list(MOST);
      const series = new CandleSeries('1m');
      series.add(trade(2 * MOST * MINUTE, MOST));
      series.prepend(history);
      expect(opens(series)).toEqual(numbers(MOST / 2 + 1, MOST + 1));
      expect(series.list(1, (START + 1) as EpochMs)).toEqual([]);
    });

    it('takes in what was missed far back and up to now, and goes on from its end', () => {
      const series = filled(2_000);
      const inFront = (from: number, count: number) => {
        const missed = new CandleSeries('1m');
        for (let at = 0; at < count; at++) missed.add(trade((from + at) * MINUTE, -at - 1));
        return missed.list(count).map((candle) => ({ ...candle, isClosed: true }));
      };
      const join = (known: Candle, missed: Candle) => ({ ...known, close: missed.close });
      // From minute 999, which has none, on: each second one is there.
      const joined = series.insert(inFront(999, 1_000), join);
      expect(joined.map(({ open }) => open)).toEqual(
        numbers(0, 1_000).map((at) => (at % 2 === 0 ? -at - 1 : (999 + at) / 2)),
      );
      expect(joined.every(({ isClosed }) => isClosed)).toBe(true);
      expect(opens(series).slice(498, 503)).toEqual([498, 499, -1, 500, -3]);
      expect(series.list(2_500)).toHaveLength(2_500);
      const ahead = series.insert(inFront(3_999, 2), join);
      expect(ahead.map(({ open, isClosed }) => [open, isClosed])).toEqual([
        [1_999, true],
        [-1, true],
        [-2, false],
      ]);
      expect(series.last).toBe(ahead.at(-1));
      expect(series.add(trade(4_000 * MINUTE + 5, 7))).toBe('grew');
      expect(series.last).toMatchObject({ open: -2, close: 7 });
    });

    it('is saved and gone on from at any length', () => {
      const series = filled(1_000);
      const resumed = new CandleSeries('1m');
      resumed.add(trade(0, 5));
      resumed.resume(series.save(300));
      expect(resumed.list(MOST)).toEqual(series.list(300));
      for (const late of [series, resumed]) late.add(trade(1_990 * MINUTE - 1, 4));
      for (const late of [series, resumed]) late.add(trade(1_990 * MINUTE + 1, 4));
      expect(resumed.list(300)).toEqual(series.list(300));
      expect(resumed.save(MOST).slice(-299)).toEqual(series.save(299));
    });
  });

  it('takes of a history only what is older than its own first candle', () => {
    const series = new CandleSeries('1m');
    series.add(trade(2 * MINUTE, 102));
    const history = new CandleSeries('1m');
    for (let minute = 0; minute < 4; minute += 1) history.add(trade(minute * MINUTE, 200));
    series.prepend(history.list(10));
    expect(series.list(10).map(({ open }) => open)).toEqual([200, 200, 102]);
  });
});

describe('aggregateCandles', () => {
  it('equals the coarser series built from the same trades', () => {
    const minutes = new CandleSeries('1m');
    const quarters = new CandleSeries('15m');
    for (let step = 0; step < 400; step += 1) {
      const next = trade(
        step * 9_000,
        100 + Math.sin(step) * 5,
        1 + (step % 3),
        step % 2 ? 'buy' : 'sell',
      );
      minutes.add(next);
      quarters.add(next);
    }
    const parts = minutes.list(1_000);
    const before = structuredClone(parts);
    const merged = aggregateCandles(parts, '15m');
    const expected = quarters.list(100).map((candle) => ({ ...candle, isClosed: true }));
    expect(merged).toEqual(expected);
    expect(parts).toEqual(before);
  });

  it('does not know what one part does not tell', () => {
    const minutes = new CandleSeries('1m');
    for (const minute of [1, 2, 16]) minutes.add(trade(minute * MINUTE, 100, 2));
    const parts = minutes.list(10);
    const untold = { buyVolume: null, tradeCount: null };
    const known = { volume: 2, buyVolume: 2, tradeCount: 1 };
    for (const silent of [0, 1]) {
      const told = parts.map((candle, at) => (at === silent ? { ...candle, ...untold } : candle));
      expect(aggregateCandles(told, '15m')).toMatchObject([{ volume: 4, ...untold }, known]);
    }
    expect(aggregateCandles(parts, '15m')).toMatchObject([{ buyVolume: 4, tradeCount: 2 }, known]);
  });
});
