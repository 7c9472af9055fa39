import { afterEach, describe, expect, it } from 'vitest';
import type { DecimalString } from '#domain/decimal.ts';
import { speak } from '../i18n/i18n.ts';
import { changedFrom } from './changed-digits.ts';
import {
  formatBps,
  formatBytes,
  formatClock,
  formatClockMs,
  formatCompact,
  formatCount,
  formatDate,
  formatFullDateTime,
  formatLag,
  formatMoney,
  formatNearPrice,
  formatPercent,
  formatPrice,
  formatPriceDecimal,
  formatQuantity,
  formatSize,
  formatTime,
  NOTHING,
  setTimeZone,
  signOf,
} from './format.ts';

const money = (text: string) => text as DecimalString;

describe('prices and sizes', () => {
  it('have the decimals of their increment', () => {
    expect(formatPrice(64_231.5, 0.01)).toBe('64,231.50');
    expect(formatPrice(0.000_012_3, 1e-8)).toBe('0.00001230');
    expect(formatPrice(-37.63, 0.01)).toBe('−37.63');
    expect(formatPrice(12, 5)).toBe('12');
    expect(formatPrice(-0.001, 0.01)).toBe('0.00');
    expect(formatNearPrice(110.43511, 1 / 32)).toBe('110.43750');
    expect(formatNearPrice(-0.126, 0.25)).toBe('−0.25');
    expect(formatSize(0.5, 0.000_01)).toBe('0.50000');
    expect(formatSize(0.5, 1e-8)).toBe('0.50000');
    expect(formatSize(41_593_016.8, 1e-8)).toBe('41,593,017');
  });

  it('have digits that say something where they are small, and room where they are large', () => {
    expect(formatSize(1e-8, 1e-8)).toBe('0.00000001');
    expect(formatSize(0.000_012_34, 1e-8)).toBe('0.000012');
    expect(formatSize(0, 1e-8)).toBe('0.00000');
    expect(formatSize(99_999_999, 1)).toBe('99,999,999');
    expect(formatSize(6_666_666_600, 1)).toBe('6.67B');
    expect(formatSize(55e12, 1)).toBe('55.00T');
  });

  it('show a dash where there is none', () => {
    expect(formatPrice(null, 0.01)).toBe(NOTHING);
    expect(formatSize(undefined, 0.01)).toBe(NOTHING);
  });
});

describe('formatMoney', () => {
  it('rounds half to even, exactly, only for the eye', () => {
    expect(formatMoney(money('0.125'))).toBe('0.12');
    expect(formatMoney(money('0.135'))).toBe('0.14');
    expect(formatMoney(money('9007199254740993.015'))).toBe('9,007,199,254,740,993.02');
  });

  it('writes the sign of a profit, and none of a zero or what rounds to it', () => {
    expect(formatMoney(money('1234.5'), { signed: true })).toBe('+1,234.50');
    expect(formatMoney(money('-1234.5'), { signed: true })).toBe('−1,234.50');
    expect(formatMoney(money('0'), { signed: true })).toBe('0.00');
    expect(formatMoney(money('-0.0000000001'), { signed: true })).toBe('0.00');
    expect(formatMoney(null)).toBe(NOTHING);
  });

  it('tells a small part of a coin to its first two digits', () => {
    expect(formatMoney(money('0.00043'), { signed: true })).toBe('+0.00043');
    expect(formatMoney(money('-0.0123'))).toBe('−0.012');
    expect(formatMoney(money('0.00000001'))).toBe('0.00000001');
    expect(formatMoney(money('0.0004'), { decimals: 2 })).toBe('0.00');
  });

  it('takes no decimals, too', () => {
    expect(formatMoney(money('1234567.5'), { decimals: 0 })).toBe('1,234,568');
  });
});

describe('other figures', () => {
  it('percent always has its sign, but for a zero', () => {
    expect(formatPercent(1.256)).toBe('+1.26%');
    expect(formatPercent(-1_234.5)).toBe('−1,234.50%');
    expect(formatPercent(-0.001)).toBe('0.00%');
  });

  it('quantities are exact, without trailing zeros', () => {
    expect(formatQuantity(money('0.010000'))).toBe('0.01');
    expect(formatQuantity(money('-120'))).toBe('−120');
    expect(formatQuantity(money('0.333333333333333333'))).toBe('0.33333333');
  });

  it('quantities and prices below 1e-8 keep their digits', () => {
    expect(formatQuantity(money('0.0000000001'))).toBe('0.0000000001');
    expect(formatPriceDecimal(money('0.0000012345678'), undefined)).toBe('0.0000012345678');
  });

  it('prices of ours have their instrument’s decimals where it is known', () => {
    expect(formatPriceDecimal(money('64231.5'), 0.01)).toBe('64,231.50');
    expect(formatPriceDecimal(money('64231.5'), undefined)).toBe('64231.5');
    expect(formatPriceDecimal(null, 0.01)).toBe(NOTHING);
  });

  it('an average price is none of those beside it', () => {
    expect(formatPriceDecimal(money('0.000000035'), 1e-8)).toBe('0.0000000350');
    expect(formatPriceDecimal(money('5023.123333333333333333'), 0.25)).toBe('5,023.1233');
  });

  it('are compact where space is short', () => {
    expect(formatCompact(12_345_678)).toBe('12.35M');
    expect(formatCompact(3e-8)).toBe('0.000000030');
    expect(formatCompact(-2.7e-17)).toBe('0.00');
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(48_213)).toBe('48.2 kB');
    expect(formatLag(0.42)).toBe('0.4 ms');
    expect(formatLag(38.4)).toBe('38 ms');
    expect(formatLag(-1_234)).toBe('−1.2 s');
  });

  it('know their sign', () => {
    expect([signOf(money('-0.1')), signOf(0), signOf(3), signOf(null)]).toEqual([-1, 0, 1, 0]);
  });

  it('basis points have two digits, and none that nobody can read', () => {
    expect([0, 0.00000016, 0.0173, 212.7654, 10_000].map(formatBps)).toEqual([
      ...['0 bps', '<0.001 bps', '0.017 bps', '212.77 bps', '10,000.00 bps'],
    ]);
  });

  it('basis points of a crossed book have their minus, and as many digits', () => {
    expect([-20.0803, -0.0173, -0.00000016].map(formatBps)).toEqual([
      ...['−20.08 bps', '−0.017 bps', '−<0.001 bps'],
    ]);
  });

  it('times have milliseconds, and a date where it is of another day', () => {
    const noon = new Date(2026, 2, 14, 12, 3, 4, 5).getTime();
    expect(formatClockMs(noon)).toBe('12:03:04.005');
    expect(formatTime(noon, noon + 1_000)).toBe('12:03:04');
    expect(formatTime(noon, noon + 86_400_000)).toBe('03-14 12:03:04');
  });
});

describe('the language', () => {
  afterEach(() => speak('en'));

  it('counts large figures in its own units, as soon as it is spoken', async () => {
    expect(formatCompact(12_345_678)).toBe('12.35M');
    await speak('ko');
    expect(formatCompact(12_345_678)).toBe('1234.57만');
    expect(formatCompact(3_704.125)).toBe('3,704.13');
    expect(formatCount(5_000)).toBe('5,000');
    expect(formatPrice(-37.63, 0.01)).toBe('−37.63');
  });
});

describe('the time zone', () => {
  afterEach(() => setTimeZone('local'));

  it('is the user’s, or UTC for all that is formatted from then on', () => {
    const time = Date.UTC(2026, 2, 14, 23, 59, 58);
    setTimeZone('utc');
    expect(formatFullDateTime(time)).toBe('2026-03-14 23:59:58');
    expect(formatTime(time, time + 2_000)).toBe('03-14 23:59:58');
    setTimeZone('local');
    expect(formatClock(time)).toBe(clockOf(new Date(time)));
    expect(formatDate(new Date(2026, 0, 2).getTime())).toBe('2026-01-02');
  });
});

const clockOf = (date: Date): string => date.toTimeString().slice(0, 8);

describe('changedFrom', () => {
  it('is where the digits part; all of them where the length differs', () => {
    expect(changedFrom('64,231.50', '64,231.72')).toBe(7);
    expect(changedFrom('99.99', '100.01')).toBe(0);
    expect(changedFrom('1.00', '1.00')).toBe(4);
  });
});
