import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { volumeBar } from './volume-series.ts';

const COLORS = { buyVolume: 'buy', sellVolume: 'sell', plainVolume: 'plain' };
const candle = (buyVolume: number | null, volume = 8, close = 100): Candle => {
  const price = 100 as Price;
  return {
    ...{ openTime: 1_700_000_040_000 as EpochMs, open: price, high: price, low: price },
    ...{ close: close as Price, volume, buyVolume, tradeCount: 2, isClosed: true },
  };
};
const values = (bar: Candle, kind: 'sides' | 'total' = 'sides') => {
  const { whole, bought } = volumeBar(bar, kind, COLORS);
  return [
    'value' in whole ? [whole.value, whole.color] : null,
    'value' in bought ? bought.value : null,
  ];
};

describe('volume bars', () => {
  it('are parted where it is known who bought, and plain where it is not', () => {
    expect(values(candle(3))).toEqual([[8, 'sell'], 3]);
    expect(values(candle(0))).toEqual([[8, 'sell'], 0]);
    expect(values(candle(null))).toEqual([[8, 'plain'], null]);
  });

  it('are coloured by where the price went where they are not parted', () => {
    expect(values(candle(3, 8, 101), 'total')).toEqual([[8, 'buy'], null]);
    expect(values(candle(3, 8, 99), 'total')).toEqual([[8, 'sell'], null]);
  });

  it('are not there where no trade had a size', () => {
    expect(values(candle(0, 0))).toEqual([null, null]);
    expect(values(candle(null, 0), 'total')).toEqual([null, null]);
  });
});
