import { describe, expect, it } from 'vitest';
import type { WireTrade } from '#contract/model.ts';
import { TradeDots } from './trade-dots.ts';

const trade = (price: number, size: number, side = 'buy') =>
  ({ price, size, side }) as unknown as WireTrade;

describe('TradeDots', () => {
  it('adds up the prints of one price and side, and keeps the largest of a column', () => {
    const dots = new TradeDots(4);
    dots.add(1, [trade(10, 1), trade(10, 2), trade(10, 9, 'sell'), trade(11, 4)]);
    dots.add(1, [trade(12, 5), trade(13, 0)]);
    expect(dots.at(1)).toEqual([
      { price: 10, side: 'sell', size: 9 },
      { price: 12, side: 'buy', size: 5 },
      { price: 11, side: 'buy', size: 4 },
    ]);
  });

  it('forgets what has left the picture', () => {
    const dots = new TradeDots(4);
    dots.add(1, [trade(10, 1)]);
    dots.add(5, [trade(11, 1)]);
    expect(dots.at(1)).toEqual([]);
    expect(dots.at(5)).toHaveLength(1);
  });
});
