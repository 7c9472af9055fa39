import { expect, it } from 'vitest';
import { feesOf } from './fee-schedule.ts';

const binance = { exchange: 'binance', symbol: 'BTC/USDT', makerFeeBps: null, takerFeeBps: null };

it('takes what the exchange says of its instrument before what is usual there', () => {
  expect(feesOf({ ...binance, makerFeeBps: 0, takerFeeBps: 7.5 })).toEqual({
    makerFeeBps: 0,
    takerFeeBps: 7.5,
  });
});

it('knows spot from contracts, and takes an exchange that it does not know for a large one', () => {
  expect(feesOf(binance)).toEqual({ makerFeeBps: 10, takerFeeBps: 10 });
  expect(feesOf({ ...binance, symbol: 'BTC/USDT:USDT' }).makerFeeBps).toBe(2);
  expect(feesOf({ ...binance, exchange: 'nowhere' }).takerFeeBps).toBe(10);
});
