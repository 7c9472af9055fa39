import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { type CandleRange, olderCandles } from './older-candles.ts';

const MINUTE = 60_000;
const START = 1_723_161_240_000;

const candle = (minute: number): Candle => {
  const price = minute as Price;
  return {
    ...{ openTime: (START + minute * MINUTE) as EpochMs, open: price, high: price, low: price },
    ...{ close: price, volume: 1, buyVolume: 1, tradeCount: 1, isClosed: true },
  };
};
const between = (all: readonly Candle[], { fromTime, toTime }: CandleRange) =>
  all.filter(({ openTime }) => openTime >= fromTime && openTime < toTime);

const ask = async (told: readonly Candle[], recorded: readonly Candle[]) => {
  const asked: CandleRange[] = [];
  const candles = await olderCandles(
    {
      exchange: async (range) => between(told, range),
      tape: (range) => {
        asked.push(range);
        return between(recorded, range);
      },
    },
    {
      ...{ instrumentId: instrumentId('test', 'BTC/USDT'), interval: '1m' as const, count: 5 },
      toTime: (START + 10 * MINUTE) as EpochMs,
    },
  );
  return { minutes: candles.map(({ close }) => close), asked };
};

describe('olderCandles', () => {
  it('takes the exchange at its word, and does not read the tape for what it told', async () => {
    const all = [5, 6, 7, 8, 9].map(candle);
    expect(await ask(all, all)).toEqual({ minutes: [5, 6, 7, 8, 9], asked: [] });
  });

  it('reads from the tape what the exchange has none of', async () => {
    expect((await ask([], [3, 4, 5, 7, 9].map(candle))).minutes).toEqual([5, 7, 9]);
  });

  it('reads from the tape what lies before all that the exchange tells', async () => {
    const { minutes } = await ask([8, 9].map(candle), [5, 6, 8, 9].map(candle));
    expect(minutes).toEqual([5, 6, 8, 9]);
  });
});
