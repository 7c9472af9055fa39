import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { aggregateCandles, CandleSeries } from './candle-series.ts';

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

  it('makes no candle for an interval without a trade', () => {
    const series = new CandleSeries('1m');
    series.add(trade(0, 100));
    series.add(trade(3 * MINUTE, 101));
    expect(series.list(10).map(({ openTime }) => openTime)).toEqual([START, START + 3 * MINUTE]);
  });

  it('puts a late trade into the candle it belongs to, and leaves that close alone', () => {
    const series = new CandleSeries('1m');
    series.add(trade(0, 100));
    series.add(trade(MINUTE, 101));
    const [late] = series.add(trade(30_000, 90));
    expect(late).toMatchObject({
      openTime: START,
      low: 90,
      close: 100,
      tradeCount: 2,
      isClosed: true,
    });
    expect(series.last?.openTime).toBe(START + MINUTE);
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
    const merged = aggregateCandles(minutes.list(1_000), '15m');
    const expected = quarters.list(100).map((candle) => ({ ...candle, isClosed: true }));
    expect(merged).toEqual(expected);
  });
});
