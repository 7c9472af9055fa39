import { expect, it } from 'vitest';
import { splitSymbol } from './symbols.ts';

it.each([
  ['BTCUSDT', 'spot', 'BTC/USDT'],
  ['ETHBTC', 'spot', 'ETH/BTC'],
  ['BTCFDUSD', 'spot', 'BTC/FDUSD'],
  ['1000SATSUSDT', 'spot', '1000SATS/USDT'],
  ['BTCUSDT', 'usdm', 'BTC/USDT:USDT'],
  ['BTCUSDT_240927', 'usdm', 'BTC/USDT:USDT-240927'],
] as const)('splits %s of %s into %s', (name, market, symbol) => {
  expect(splitSymbol(name, market)?.symbol).toBe(symbol);
});

it.each(['USDT', 'BTCXYZ', 'btcusdt', ''])('does not guess at "%s"', (name) => {
  expect(splitSymbol(name, 'spot')).toBeUndefined();
});
