import { describe, expect, it } from 'vitest';
import { channel, channelKind, isDurable, parseChannel } from './channels.ts';

const kindOf = (name: string) => {
  const parsed = parseChannel(name);
  return parsed && channelKind(parsed);
};

describe('a channel’s name', () => {
  it.each([
    ['price:public', 'latest'],
    ['announcement', 'stream'],
    ['alerts', 'stream'],
    ['alerts:rules', 'latest'],
    ['replay:d1:alerts', 'stream'],
    ['admin', 'latest'],
    ['feeds', 'latest'],
    ['watchlist', 'latest'],
    ['tape:jobs', 'latest'],
    ['backtests', 'latest'],
    ['replay', 'latest'],
    ['replay:d1', 'latest'],
    ['symbol:d1_binance:BTC/USDT:trades', 'flow'],
    ['user:owner:notifications', 'stream'],
    ['user:owner:balance', 'latest'],
    ['bot:b-1:status', 'latest'],
    ['bot:b-1:positions', 'latest'],
    ['bot:b-1:trades', 'stream'],
    ['bot:b-1:orders', 'stream'],
    ['bot:b-1:logs', 'stream'],
    ['symbol:binance:BTC/USDT:USDT:ticker', 'latest'],
    ['symbol:BTC/USDT:orderbook', 'flow'],
    ['symbol:deriv:R_100:trades', 'flow'],
    ['symbol:binance:BTC/USDT:USDT:liquidations', 'stream'],
    ['symbol:binance:BTC/USDT:candles:1m', 'latest'],
    ['desk:main', 'stream'],
    ['desk:main:presence', 'latest'],
  ])('[B2] of the design is known: %s is %s', (name, kind) => {
    expect(kindOf(name)).toBe(kind);
  });

  it.each([
    '',
    'price',
    'price:public:BTC',
    'announcement:x',
    'desk',
    'desk:',
    'desk:Main',
    'desk:a b',
    'desk:main:messages',
    'desk:main:presence:x',
    `desk:${'x'.repeat(33)}`,
    'user:owner:secrets',
    'user::balance',
    'bot:a:b:status',
    'symbol:BTC/USDT:candles:2m',
    `symbol:${'x'.repeat(200)}:ticker`,
    'replay:',
    'replay:d0',
    'replay:d1:x',
    'replay:binance',
    '__proto__',
    'constructor',
  ])('[H2] that is none is refused: %j', (name) => {
    expect(parseChannel(name)).toBeUndefined();
  });

  it('is made as it is read', () => {
    expect(parseChannel(channel.desk('main'))).toEqual({
      ...{ scope: 'desk', room: 'main', topic: 'messages' },
    });
    expect(parseChannel(channel.deskPresence('main'))).toMatchObject({ topic: 'presence' });
    expect(parseChannel(channel.publicPrice)).toEqual({ scope: 'price' });
  });

  it('[T4] of a replay’s bot leaves no trace', () => {
    for (const topic of ['trades', 'orders', 'logs'] as const) {
      const parsed = parseChannel(channel.bot('d1_bot1', topic));
      expect(parsed && [channelKind(parsed), isDurable(parsed)]).toEqual(['stream', false]);
    }
  });

  it('[B5] tells whether it recovers across a restart', () => {
    const durable = (name: string) => {
      const parsed = parseChannel(name);
      return parsed !== undefined && isDurable(parsed);
    };
    const names = ['bot:b:trades', 'bot:b:orders', 'bot:b:logs', 'user:u:notifications', 'alerts'];
    expect(names.filter(durable)).toEqual(names);
    const others = ['bot:b:status', 'user:u:balance', 'desk:main', 'announcement', 'price:public'];
    expect(others.filter(durable)).toEqual([]);
  });
});
