import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecimalString, decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import { NEW_PERFORMANCE } from '#domain/performance.ts';
import type { EpochMs } from '#domain/units.ts';
import { EquityWatch, pnlOf } from './equity-watch.ts';

const money = (text: string) => text as DecimalString;
const NOON = Date.parse('2025-01-15T12:00:00Z') as EpochMs;
const HOUR = 3_600_000;
const later = (hours: number) => (NOON + hours * HOUR) as EpochMs;
const holding = (quantity: string, cash: string, paidIn = '1000') => ({
  ...{ quantity: money(quantity), cash: money(cash), paidIn: money(paidIn) },
});

describe('what is remembered of a bot’s equity', () => {
  it('is its best moment and its deepest fall since', () => {
    const watch = new EquityWatch(NEW_PERFORMANCE, holding('2', '800'));
    for (const price of [100, 120, 90, 110, 130, 105]) watch.see(price, NOON);
    expect(watch.performance).toMatchObject({ peakPnl: '60', maxDrawdown: '60' });
    expect(watch.moment && pnlOf(watch.moment.holdings, watch.moment.price)).toBe('10');
  });

  it('takes a deposit for no profit, and a withdrawal for no loss', () => {
    const watch = new EquityWatch(NEW_PERFORMANCE, holding('2', '800'));
    watch.see(100, NOON);
    watch.hold(holding('2', '5800', '6000'));
    watch.see(101, NOON);
    watch.hold(holding('2', '300', '500'));
    watch.see(101, NOON);
    expect(watch.performance).toMatchObject({ peakPnl: '2', maxDrawdown: '0' });
  });

  it('counts a day from midnight UTC, from what the day before ended with', () => {
    const watch = new EquityWatch(NEW_PERFORMANCE, holding('1', '900'));
    watch.see(100, NOON);
    watch.see(120, later(11));
    watch.see(115, later(13));
    expect(watch.performance.dayStartPnl).toBe('20');
    expect(watch.roughLossAt(later(13))).toBeCloseTo(5, 9);
    watch.see(90, later(1));
    expect(watch.performance.dayStartPnl).toBe('20');
  });

  it('[X3] counts the first orders of a day, and of a new bot, as of that day', () => {
    const isNew = new EquityWatch(NEW_PERFORMANCE, holding('0', '1000'));
    isNew.hold(holding('2', '780'), NOON);
    isNew.see(100, NOON);
    expect(isNew.roughLossAt(NOON)).toBeCloseTo(20, 9);
    const watch = new EquityWatch(NEW_PERFORMANCE, holding('1', '900'));
    watch.see(110, NOON);
    watch.hold(holding('3', '670'), later(13));
    watch.see(108, later(13));
    expect(watch.performance.dayStartPnl).toBe('10');
    expect(watch.roughLossAt(later(13))).toBeCloseTo(16, 9);
  });

  it('[X3] ends a day without a price where nothing is held, and knows its loss again after a start', () => {
    const watch = new EquityWatch(NEW_PERFORMANCE, holding('1', '900'));
    watch.see(100, NOON);
    watch.hold(holding('0', '990'));
    expect(watch.roughLossAt(later(1))).toBeCloseTo(10, 9);
    const started = new EquityWatch(watch.performance, holding('0', '990'));
    expect(started.roughLossAt(later(1))).toBeCloseTo(10, 9);
    expect(started.roughLossAt(later(13))).toBe(0);
    watch.see(100, later(1));
    expect(watch.roughLossAt(later(13))).toBe(0);
  });

  it('agrees with exact sums over any way of prices and fills', () => {
    const step = fc.record({
      price: fc.integer({ min: -5_000, max: 500_000 }).map((cents) => cents / 100),
      bought: fc.integer({ min: -300, max: 300 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        const watch = new EquityWatch(NEW_PERFORMANCE, holding('0', '1000'));
        let cash = decimal(1_000);
        let quantity = ZERO;
        let peak = ZERO;
        let deepest = ZERO;
        for (const { price, bought } of steps) {
          const size = decimal(bought).times(decimal(0.001));
          cash = cash.minus(size.times(decimal(price)));
          quantity = quantity.plus(size);
          const holdings = holding(toDecimalString(quantity), toDecimalString(cash));
          watch.hold(holdings);
          watch.see(price, NOON);
          const pnl = decimal(pnlOf(holdings, price));
          if (pnl.gt(peak)) peak = pnl;
          if (peak.minus(pnl).gt(deepest)) deepest = peak.minus(pnl);
        }
        const { peakPnl, maxDrawdown } = watch.performance;
        expect([peakPnl, maxDrawdown]).toEqual([toDecimalString(peak), toDecimalString(deepest)]);
      }),
    );
  });
});
