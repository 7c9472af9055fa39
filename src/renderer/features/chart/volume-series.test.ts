import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { volumeBars } from './volume-series.ts';

const candle = (buyVolume: number | null, volume = 8): Candle => {
  const price = 100 as Price;
  return {
    ...{ openTime: 1_700_000_040_000 as EpochMs, open: price, high: price, low: price },
    ...{ close: price, volume, buyVolume, tradeCount: 2, isClosed: true },
  };
};
const values = (buyVolume: number | null, volume?: number) => {
  const { whole, bought, plain } = volumeBars(candle(buyVolume, volume));
  return [whole, bought, plain].map((bar) => ('value' in bar ? bar.value : null));
};

describe('volume bars', () => {
  it('are parted where it is known who bought, and plain where it is not', () => {
    expect(values(3)).toEqual([8, 3, null]);
    expect(values(0)).toEqual([8, 0, null]);
    expect(values(null)).toEqual([null, null, 8]);
  });

  it('are not there where no trade had a size', () => {
    expect(values(0, 0)).toEqual([null, null, null]);
    expect(values(null, 0)).toEqual([null, null, null]);
  });
});
