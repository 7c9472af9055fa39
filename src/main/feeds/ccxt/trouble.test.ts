import * as ccxt from 'ccxt';
import { describe, expect, it } from 'vitest';
import { troubleOf } from './trouble.ts';

const BINANCE = { id: 'binance', name: 'Binance' };

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
    'cannot be reached (no answer from x)',
  ],
  [new ccxt.BadSymbol('binance does not have market symbol X'), 'notOffered', 'does not offer'],
  [new ccxt.AuthenticationError('binance requires `apiKey` credential'), 'notOffered', 'apiKey'],
  [new ccxt.ExchangeError('binance {"code":-1000}'), 'network', 'answers with an error'],
  [new TypeError('x is undefined'), 'unreadable', 'could not be understood: x is undefined'],
  ['only words', 'unreadable', 'only words'],
])('takes %s for %s', (error, kind, message) => {
  const trouble = troubleOf(error, BINANCE);
  expect(trouble.kind).toBe(kind);
  expect(trouble.failure.message).toContain(message);
});

describe('what the user reads', () => {
  const URL = 'https://api.binance.com/api/v3/exchangeInfo?apiKey=hunter2&signature=hunter2';
  it.each([
    [
      new ccxt.NetworkError(
        `binance GET ${URL} fetch failed: getaddrinfo ENOTFOUND api.binance.com`,
      ),
      'Binance cannot be reached (ENOTFOUND api.binance.com).',
    ],
    [
      new ccxt.NetworkError('connect ECONNREFUSED 127.0.0.1:9'),
      'Binance cannot be reached (ECONNREFUSED 127.0.0.1:9).',
    ],
    [
      new ccxt.NetworkError(`binance GET ${URL} fetch failed: read ECONNRESET`),
      'Binance cannot be reached (ECONNRESET api.binance.com).',
    ],
    [
      new ccxt.RequestTimeout(`binance GET ${URL} request timed out (10000 ms)`),
      'Binance cannot be reached (no answer from api.binance.com).',
    ],
    [
      new ccxt.RequestTimeout(
        'Connection to wss://stream.binance.com:9443/ws?listenKey=hunter2 failed due to a connection timeout',
      ),
      'Binance cannot be reached (no answer from stream.binance.com:9443).',
    ],
    [
      new ccxt.ExchangeNotAvailable(
        `binance GET ${URL} 503 Service Unavailable <html><body>at proxy.js:12</body></html>`,
      ),
      'Binance cannot be reached (503 from api.binance.com).',
    ],
    [new ccxt.NetworkError('Unexpected server response: 502'), 'Binance cannot be reached (502).'],
    [
      new ccxt.NetworkError('the connection was closed (1001)'),
      'Binance cannot be reached: the connection was closed (1001).',
    ],
    [
      new ccxt.ExchangeError(`binance {"code":-1121,"msg":"Invalid symbol."} ${URL}`),
      'Binance answers with an error: Invalid symbol.',
    ],
    [
      new ccxt.ExchangeError('binance {"error":["EGeneral:Temporary lockout"],"result":{}}'),
      'Binance answers with an error: EGeneral:Temporary lockout.',
    ],
  ])('of %s', (error, sentence) => {
    expect(troubleOf(error, BINANCE).failure.message).toBe(sentence);
  });

  it.each([
    `binance GET https://user:hunter2@x.y/z?signature=hunter2 went wrong`,
    `binance wss://x.y/ws?token=hunter2 closed`,
    `binance {"apiKey":"hunter2","detail":{"secret": "hunter2"}}`,
    `binance apiKey=hunter2&recvWindow=5000 was refused`,
    `binance X-MBX-APIKEY: hunter2 was refused`,
    `binance {"Authorization":"Bearer hunter2"}`,
  ])('has no secret in it: %s', (text) => {
    for (const Kind of [ccxt.NetworkError, ccxt.ExchangeError, ccxt.BadRequest, Error]) {
      expect(troubleOf(new Kind(text), BINANCE).failure.message).not.toContain('hunter2');
    }
  });

  it.each([
    'x is undefined\n    at parse (/srv/app/node_modules/ccxt/parse.js:12:3)\n    at next.js:4:1',
    'x is undefined at parse (file:///srv/app/parse.js:12:3)',
    'x is undefined <!DOCTYPE html><html><body>at proxy.js:12</body></html>',
  ])('has no stack and no page in it: %s', (text) => {
    expect(troubleOf(new TypeError(text), BINANCE).failure.message).toBe(
      'Binance sent what could not be understood: x is undefined.',
    );
  });

  it('is one sentence of bounded length', () => {
    const { message } = troubleOf(new Error('long words '.repeat(100)), BINANCE).failure;
    expect(message.length).toBeLessThan(300);
    expect(message).toMatch(/…\.$/);
  });
});
