import { describe, expect, it } from 'vitest';
import { parseFeedSpec } from './feed-spec.ts';

describe('parseFeedSpec', () => {
  it.each([
    ['demo', { kind: 'demo', seed: 1 }],
    ['demo@42', { kind: 'demo', seed: 42 }],
    ['deriv:R_100, R_50,R_100', { kind: 'deriv', symbols: ['R_100', 'R_50'] }],
    [
      'ccxt:binance:BTC/USDT, ETH/USDT:USDT,BTC/USDT',
      { kind: 'ccxt', exchange: 'binance', symbols: ['BTC/USDT', 'ETH/USDT:USDT'] },
    ],
    ['replay:a.gz', { kind: 'replay', file: 'a.gz', speed: 1 }],
    ['replay:a.gz@10', { kind: 'replay', file: 'a.gz', speed: 10 }],
    ['replay:a.gz@10x', { kind: 'replay', file: 'a.gz', speed: 10 }],
    ['replay:a.gz@0.5', { kind: 'replay', file: 'a.gz', speed: 0.5 }],
    ['replay:/tmp/a b@max', { kind: 'replay', file: '/tmp/a b', speed: 'max' }],
    ['replay:C:\\x\\y.gz@2', { kind: 'replay', file: 'C:\\x\\y.gz', speed: 2 }],
    ['replay:me@home.gz', { kind: 'replay', file: 'me@home.gz', speed: 1 }],
    ['replay:me@home.gz@3', { kind: 'replay', file: 'me@home.gz', speed: 3 }],
    ['replay:a@-1', { kind: 'replay', file: 'a@-1', speed: 1 }],
    ['replay:../a..b.gz', { kind: 'replay', file: '../a..b.gz', speed: 1 }],
    ['replay:me@../a.gz@2', { kind: 'replay', file: 'me@../a.gz', speed: 2 }],
    ['replay:..', { kind: 'replayTape', range: {}, instruments: [], speed: 1 }],
    [
      'replay:2025-01-31..2025-02-01T12:00Z@60',
      {
        ...{ kind: 'replayTape', instruments: [], speed: 60 },
        range: { fromTime: Date.UTC(2025, 0, 31), toTime: Date.UTC(2025, 1, 1, 12) },
      },
    ],
    [
      'replay:binance:BTC/USDT,deriv:R_100@1738324800000..@max',
      {
        ...{ kind: 'replayTape', instruments: ['binance:BTC/USDT', 'deriv:R_100'], speed: 'max' },
        range: { fromTime: 1_738_324_800_000 },
      },
    ],
  ])('reads %s', (text, value) => {
    expect(parseFeedSpec(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['binance:BTC/USDT', 'Supported are demo, demo@SEED, ccxt:EXCHANGE:SYMBOLS,'],
    ['ccxt', 'needs an exchange and symbols'],
    ['ccxt:Binance:BTC/USDT', 'needs an exchange and symbols'],
    ['ccxt:binance', 'as in ccxt:binance:BTC/USDT,ETH/USDT: symbols are missing'],
    ['ccxt:binance:BTC/USDT,B C', '"B C" is no symbol'],
    ['', 'Supported are'],
    ['demo@x', 'Supported are'],
    ['deriv', 'Deriv needs its symbols'],
    ['deriv:R_100,,R_50', 'Deriv needs its symbols'],
    ['replay:', 'needs a file'],
    ['replay:a.gz@0', 'speed above zero'],
    ['replay:..@0', 'speed above zero'],
  ])('refuses "%s" and says what would do', (text, message) => {
    expect(parseFeedSpec(text)).toMatchObject({
      ok: false,
      error: { code: 'invalid_payload', message: expect.stringContaining(message) },
    });
  });
});
