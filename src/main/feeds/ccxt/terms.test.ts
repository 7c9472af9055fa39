import { expect, it } from 'vitest';
import { termsOf } from './terms.ts';

it('tells least value and fees of a market as ccxt knows them', () => {
  const market = { maker: 0.0006, taker: 0.001, limits: { cost: { min: 5 } } };
  expect(termsOf(market)).toEqual({ minNotional: 5, makerFeeBps: 6, takerFeeBps: 10 });
});

it('knows a rebate from a fee that was not told', () => {
  expect(termsOf({ maker: -0.0001 })).toEqual({
    minNotional: null,
    makerFeeBps: -1,
    takerFeeBps: null,
  });
});

it('takes nothing for a least value that is none, or in doubt', () => {
  expect(termsOf({ limits: { cost: { min: 0 } } }).minNotional).toBeNull();
  expect(termsOf({ inverse: true, limits: { cost: { min: 5 } } }).minNotional).toBeNull();
});
