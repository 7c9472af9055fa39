import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import { HeikinAshi } from './heikin-ashi.ts';

const candle = (openTime: number, [open, high, low, close]: readonly number[]): Candle =>
  ({ openTime, open, high, low, close, volume: 1 }) as unknown as Candle;
const prices = ({ open, high, low, close }: Candle) => [open, high, low, close];
const FIRST = candle(0, [10, 14, 8, 12]);
const SECOND = candle(1, [12, 16, 11, 15]);

describe('HeikinAshi', () => {
  it('opens in the middle of the bar before, and closes at the mean of its own candle', () => {
    const heikin = new HeikinAshi();
    heikin.setBars([FIRST, SECOND]);
    // (10+12)/2 = 11, (10+14+8+12)/4 = 11; then (11+11)/2 = 11, (12+16+11+15)/4 = 13.5.
    expect(heikin.bars.map(prices)).toEqual([
      [11, 14, 8, 11],
      [11, 16, 11, 13.5],
    ]);
  });

  it('comes to the same whether a candle was there at once or grew', () => {
    const grown = new HeikinAshi();
    grown.setBars([FIRST]);
    grown.update(candle(1, [12, 12, 12, 12]));
    grown.update(candle(1, [12, 13, 11, 13]));
    expect(prices(grown.update(SECOND))).toEqual([11, 16, 11, 13.5]);
    expect(grown.bars).toHaveLength(2);
  });
});
