import { describe, expect, it } from 'vitest';
import { type Candle, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import type { CandleRange } from './older-candles.ts';
import { toldCandles } from './told-candles.ts';

const MONDAY = Date.UTC(2024, 0, 1);
const DAY = INTERVAL_MS['1d'];

/** An exchange that has a candle for each interval of all time, numbered by the day. */
async function ask(interval: CandleInterval, fromTime: number, toTime: number) {
  const asked: CandleRange[] = [];
  const history = async (range: CandleRange): Promise<readonly Candle[]> => {
    asked.push(range);
    const stepMs = INTERVAL_MS[range.interval];
    const candles: Candle[] = [];
    for (let time = range.fromTime as number; time + stepMs <= range.toTime; time += stepMs) {
      const price = ((time - MONDAY) / stepMs) as Price;
      candles.push({
        ...{ openTime: time as EpochMs, open: price, high: price, low: price, close: price },
        ...{ volume: 1, buyVolume: null, tradeCount: 2, isClosed: true },
      });
    }
    return candles;
  };
  const range = {
    ...{ instrumentId: instrumentId('test', 'BTC/USDT'), interval },
    ...{ fromTime: fromTime as EpochMs, toTime: toTime as EpochMs },
  };
  return { candles: await toldCandles(history, range), asked };
}

describe('toldCandles', () => {
  it('asks for common intervals as they are', async () => {
    const { asked } = await ask('1h', MONDAY, MONDAY + DAY);
    expect(asked).toMatchObject([{ interval: '1h', fromTime: MONDAY, toTime: MONDAY + DAY }]);
  });

  it('makes weeks of days, from Monday to Sunday, and only whole ones', async () => {
    const { candles, asked } = await ask('1w', MONDAY - 2 * DAY, MONDAY + 16 * DAY);
    expect(asked).toMatchObject([{ interval: '1d', fromTime: MONDAY, toTime: MONDAY + 14 * DAY }]);
    expect(candles).toMatchObject([
      { openTime: MONDAY, open: 0, high: 6, close: 6, volume: 7, buyVolume: null, tradeCount: 14 },
      { openTime: MONDAY + 7 * DAY, open: 7, close: 13, isClosed: true },
    ]);
  });

  it.each([
    ['3m', '1m', 3],
    ['30m', '15m', 2],
    ['2h', '1h', 2],
    ['6h', '1h', 6],
    ['12h', '4h', 3],
  ] as const)('makes %s of %s', async (interval, finer, count) => {
    const { candles, asked } = await ask(interval, MONDAY, MONDAY + 4 * INTERVAL_MS[interval]);
    expect(asked[0]?.interval).toBe(finer);
    expect(candles.map(({ volume }) => volume)).toEqual([count, count, count, count]);
  });

  it('asks nothing where not one candle fits in', async () => {
    expect(await ask('1w', MONDAY + 1, MONDAY + 7 * DAY)).toEqual({ candles: [], asked: [] });
  });
});
