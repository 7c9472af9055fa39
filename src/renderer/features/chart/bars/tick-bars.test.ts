import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireTrade } from '#contract/model.ts';
import type { EpochMs } from '#domain/units.ts';
import { TickBars } from './tick-bars.ts';

const trade = (number: number, timestamp = number, price = 100 + number): WireTrade =>
  ({
    id: String(number),
    price,
    size: 1,
    side: number % 2 ? 'buy' : 'sell',
    timestamp,
  }) as WireTrade;
const trades = (from: number, to: number, timeOf = (number: number) => number) =>
  Array.from({ length: to - from }, (_, i) => trade(from + i, timeOf(from + i)));

describe('TickBars', () => {
  it('closes a bar after so many trades, and says how many it waits for', () => {
    const bars = new TickBars(3);
    bars.start(trades(0, 4));
    expect(bars.bars).toMatchObject([
      { open: 100, high: 102, close: 102, volume: 3, buyVolume: 1, tradeCount: 3, isClosed: true },
      { openTime: 3, open: 103, tradeCount: 1, isClosed: false },
    ]);
    expect(bars.tradesLeft).toBe(2);
  });

  it('gives each bar a time of its own, however many open in one millisecond', () => {
    const bars = new TickBars(2);
    bars.start(trades(10, 20, () => 5));
    bars.prepend(trades(0, 10, () => 5));
    const times = bars.bars.map(({ openTime }) => openTime as number);
    expect(new Set(times).size).toBe(10);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('keeps its bars when older trades come, and holds back what makes no whole bar yet', () => {
    const bars = new TickBars(4);
    bars.start(trades(10, 19));
    const known = [...bars.bars];
    expect(bars.prepend(trades(7, 10))).toBe(false);
    expect(bars.prepend(trades(1, 7))).toBe(true);
    expect(bars.bars.slice(2)).toEqual(known);
    expect(bars.bars.slice(0, 2).map(({ open, tradeCount }) => [open, tradeCount])).toEqual([
      [102, 4],
      [106, 4],
    ]);
  });

  it('has the same bars whether trades came before or after one another, of any size and paging', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
        (size, pages) => {
          const total = pages.reduce((sum, page) => sum + page, 0) + size;
          const paged = new TickBars(size);
          // The newest page begins on a border of bars counted from the oldest trade of all.
          const start = total - (total % size);
          paged.start(trades(start, total));
          let end = start;
          for (const page of pages) {
            paged.prepend(trades(Math.max(0, end - page), end));
            end = Math.max(0, end - page);
          }
          paged.prepend(trades(0, end));
          const whole = new TickBars(size);
          whole.start(trades(0, total));
          expect(paged.bars).toEqual(whole.bars);
        },
      ),
    );
  });

  it('finds the bar of a moment', () => {
    const bars = new TickBars(2);
    bars.start([trade(0, 100), trade(1, 200), trade(2, 300)]);
    expect(bars.at(250 as EpochMs)?.openTime).toBe(100);
    expect(bars.at(300 as EpochMs)?.openTime).toBe(300);
    expect(bars.at(99 as EpochMs)).toBeUndefined();
  });
});
