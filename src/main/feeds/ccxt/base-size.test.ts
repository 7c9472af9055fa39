import { describe, expect, it } from 'vitest';
import { baseIncrementOf, baseSizeOf } from './base-size.ts';

const SPOT = { linear: undefined, inverse: undefined, contractSize: undefined };
const BINANCE_LINEAR = { linear: true, inverse: false, contractSize: 1 };
const OKX_LINEAR = { linear: true, inverse: false, contractSize: 0.01 };
const OKX_INVERSE = { linear: false, inverse: true, contractSize: 100 };

describe('baseSizeOf', () => {
  it.each([
    ['spot', SPOT, 0.5, 0.5],
    ['a contract of one coin', BINANCE_LINEAR, 0.5, 0.5],
    ['contracts of a hundredth of a coin', OKX_LINEAR, 57, 0.57],
    ['contracts of a hundred dollars', OKX_INVERSE, 3, 0.015],
  ])('tells the size of %s in the base currency', (_, market, amount, size) => {
    expect(baseSizeOf(market)(amount, 20_000)).toBe(size);
  });

  it('leaves what is not sound unsound, and an unknown market alone', () => {
    expect(baseSizeOf(OKX_LINEAR)(Number.NaN, 20_000)).toBeNaN();
    expect(baseSizeOf(undefined)(7, 20_000)).toBe(7);
  });
});

describe('baseIncrementOf', () => {
  it.each([
    ['spot', SPOT, 0.001, 0.001],
    ['contracts of a hundredth of a coin', OKX_LINEAR, 1, 0.01],
    ['contracts of a hundred dollars', OKX_INVERSE, 1, 1e-8],
  ])('tells the step of %s', (_, market, increment, step) => {
    expect(baseIncrementOf(market, increment)).toBe(step);
  });
});
