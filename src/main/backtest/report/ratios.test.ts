import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodsAYear, ratiosOf, returnsOf, sharpeRatio, sortinoRatio } from './ratios.ts';

const DAY_MS = 86_400_000;

/** Values that a start of 100 takes by these returns. */
function valuesOf(returns: readonly number[]): number[] {
  const values = [100];
  for (const value of returns) values.push((values.at(-1) ?? 0) * (1 + value));
  return values;
}

describe('sortinoRatio', () => {
  it('is 4.417 for the example of Rollinger & Hoffman', () => {
    const returns = [0.17, 0.15, 0.23, -0.05, 0.12, 0.09, 0.13, -0.04];
    expect(sortinoRatio(returns, 1)).toBeCloseTo(4.417, 3);
  });

  it('is not told where nothing was lost', () => {
    expect(sortinoRatio([0.1, 0.2], 1)).toBeNull();
  });
});

describe('sharpeRatio', () => {
  it('takes the deviation of a sample: 2.5 over √(5/3)', () => {
    expect(sharpeRatio([1, 2, 3, 4], 1)).toBeCloseTo(2.5 / Math.sqrt(5 / 3), 12);
  });

  it('is not told of equal returns, nor of fewer than two', () => {
    expect(sharpeRatio([0.1, 0.1, 0.1], 1)).toBeNull();
    expect(sharpeRatio([0.1], 1)).toBeNull();
    expect(sharpeRatio([], 1)).toBeNull();
  });
});

it('a year has 365 days', () => {
  expect(periodsAYear(DAY_MS)).toBe(365);
  expect(periodsAYear(60_000)).toBe(525_600);
});

it('tells no return on nothing', () => {
  expect(returnsOf([1, 0, 1])).toBeNull();
  expect(ratiosOf([1, -1, 1], DAY_MS)).toEqual({ sharpe: null, sortino: null });
  expect(returnsOf([100, 110, 99])?.map((value) => value.toFixed(6))).toEqual([
    '0.100000',
    '-0.100000',
  ]);
});

it('agrees with moments computed another way, to 1e-9', () => {
  const returnsArbitrary = fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), {
    minLength: 2,
    maxLength: 60,
  });
  fc.assert(
    fc.property(returnsArbitrary, (returns) => {
      const { sharpe, sortino } = ratiosOf(valuesOf(returns), DAY_MS);
      // By raw moments in place of deviations from the mean.
      const n = returns.length;
      const sum = returns.reduce((total, value) => total + value, 0);
      const squares = returns.reduce((total, value) => total + value * value, 0);
      const variance = (squares - (sum * sum) / n) / (n - 1);
      const losses = returns.filter((value) => value < 0).map((value) => value * value);
      const downside = losses.reduce((total, value) => total + value, 0) / n;
      if (variance > 1e-6) {
        const expected = ((sum / n) * Math.sqrt(365)) / Math.sqrt(variance);
        expect(Math.abs((sharpe ?? Number.NaN) - expected)).toBeLessThan(
          1e-9 * Math.max(1, Math.abs(expected)),
        );
      }
      if (downside > 1e-6) {
        const expected = ((sum / n) * Math.sqrt(365)) / Math.sqrt(downside);
        expect(Math.abs((sortino ?? Number.NaN) - expected)).toBeLessThan(
          1e-9 * Math.max(1, Math.abs(expected)),
        );
      }
    }),
  );
});
