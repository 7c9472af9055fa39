import { describe, expect, it } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import { DEFAULT_LIMITS } from '#domain/risk-limits.ts';
import { type CurrencyRisk, limitUse } from './limit-use.ts';

const money = (text: string) => text as DecimalString;
const RISK: CurrencyRisk = {
  currency: 'USDT',
  limits: {
    ...DEFAULT_LIMITS,
    ...{ maxPositionValue: money('1000'), maxDailyLoss: money('40'), maxOpenOrders: 4 },
    maxOrdersPerMinute: 0,
  },
  positionValue: money('250.5'),
  openOrders: 6,
  ordersLastMinute: 0,
  pnlToday: money('-10'),
};

describe('[X3] the use of a limit', () => {
  it('is what all bots of the currency hold, lost, have open and ordered', () => {
    expect(limitUse('maxPositionValue', RISK)).toEqual({ text: '250.50', share: 0.2505 });
    expect(limitUse('maxDailyLoss', RISK)).toEqual({ text: '10.00', share: 0.25 });
    expect(limitUse('maxOpenOrders', RISK)).toEqual({ text: '6', share: 1.5 });
  });

  it('of what may not be at all is none or all', () => {
    expect(limitUse('maxOrdersPerMinute', RISK)?.share).toBe(0);
    expect(limitUse('maxOrdersPerMinute', { ...RISK, ordersLastMinute: 1 })?.share).toBe(1);
  });

  it('is no loss on a day that won, and no share without a limit', () => {
    expect(limitUse('maxDailyLoss', { ...RISK, pnlToday: money('7') })?.text).toBe('0');
    expect(limitUse('maxPositionValue', { ...RISK, limits: null })).toEqual({
      ...{ text: '250.50', share: null },
    });
    expect(limitUse('maxOrderValue', RISK)).toBeNull();
  });
});
