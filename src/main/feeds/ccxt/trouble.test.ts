import * as ccxt from 'ccxt';
import { expect, it } from 'vitest';
import { troubleOf } from './trouble.ts';

it.each([
  [
    new ccxt.NetworkError('Unexpected server response: 451'),
    'geoBlocked',
    'does not serve this place',
  ],
  [
    new ccxt.ExchangeNotAvailable('binance GET https://x/y?z=1 451 Unavailable {}'),
    'geoBlocked',
    '451',
  ],
  [new ccxt.RestrictedLocation('binance no'), 'geoBlocked', 'your country'],
  [new ccxt.NetworkError('Unexpected server response: 403'), 'geoBlocked', '(403)'],
  [new ccxt.NetworkError('Unexpected server response: 429'), 'rateLimited', 'slow down (429)'],
  [new ccxt.DDoSProtection('binance 418 I am a teapot'), 'rateLimited', 'slow down (418)'],
  [new ccxt.RateLimitExceeded('binance wait'), 'rateLimited', 'asks to slow down.'],
  [new ccxt.ChecksumError('binance : orderbook'), 'badBook', 'does not fit'],
  [new ccxt.InvalidNonce('binance nonce'), 'badBook', 'does not fit'],
  [
    new ccxt.RequestTimeout('binance GET https://x timed out (10000 ms)'),
    'network',
    'cannot be reached: GET',
  ],
  [new ccxt.BadSymbol('binance does not have market symbol X'), 'notOffered', 'does not offer'],
  [new ccxt.AuthenticationError('binance requires `apiKey` credential'), 'notOffered', 'apiKey'],
  [new ccxt.ExchangeError('binance {"code":-1000}'), 'network', 'cannot be reached'],
  [new TypeError('x is undefined'), 'unreadable', 'could not be understood: x is undefined'],
  ['only words', 'unreadable', 'only words'],
])('takes %s for %s', (error, kind, message) => {
  const trouble = troubleOf(error, 'binance');
  expect(trouble.kind).toBe(kind);
  expect(trouble.failure.message).toContain(message);
});
