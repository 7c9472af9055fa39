import { describe, expect, it } from 'vitest';
import { type BookGuard, bookGuardOf } from './book-guard.ts';

const guardOf = (exchange: string): BookGuard => {
  const guard = bookGuardOf(exchange);
  if (!guard) throw new Error('no guard');
  return guard;
};

describe('bookGuardOf bybit', () => {
  const frame = (type: 'snapshot' | 'delta', u: number, s = 'BTCUSDT') => ({
    topic: `orderbook.200.${s}`,
    type,
    data: { s, u, b: [], a: [] },
  });

  it('[F4] tells a hole once, and withholds what builds on it until a snapshot', () => {
    const guard = guardOf('bybit');
    expect(guard(frame('delta', 9))).toEqual({ isGood: false });
    expect(guard(frame('snapshot', 10))).toEqual({ isGood: true });
    expect(guard(frame('delta', 11))).toEqual({ isGood: true });
    expect(guard(frame('delta', 13))).toEqual({
      isGood: false,
      hole: { marketId: 'BTCUSDT', reason: 'book update 13 followed 11' },
    });
    expect(guard(frame('delta', 14))).toEqual({ isGood: false });
    expect(guard(frame('snapshot', 1))).toEqual({ isGood: true });
    expect(guard(frame('delta', 2))).toEqual({ isGood: true });
  });

  it('keeps the books apart, and passes other frames', () => {
    const guard = guardOf('bybit');
    expect(guard(frame('snapshot', 10))).toEqual({ isGood: true });
    expect(guard(frame('snapshot', 500, 'ETHUSDT'))).toEqual({ isGood: true });
    expect(guard(frame('delta', 11))).toEqual({ isGood: true });
    expect(guard({ topic: 'publicTrade.BTCUSDT', data: [] })).toEqual({ isGood: true });
  });
});

describe('bookGuardOf coinbase', () => {
  const frame = (sequence_num: number, channel = 'l2_data') => ({ channel, sequence_num });

  it('[F4] tells a hole of any channel for all books, and passes trades on', () => {
    const guard = guardOf('coinbase');
    expect(guard(frame(0, 'subscriptions'))).toEqual({ isGood: true });
    expect(guard(frame(1))).toEqual({ isGood: true });
    expect(guard(frame(1))).toEqual({ isGood: false });
    expect(guard(frame(3, 'market_trades'))).toEqual({
      isGood: true,
      hole: { marketId: null, reason: 'message 3 came in place of 2' },
    });
    expect(guard(frame(4))).toEqual({ isGood: false });
    expect(guard(frame(2, 'market_trades'))).toEqual({ isGood: true });
  });
});

it('leaves exchanges alone whose books ccxt checks', () => {
  expect(bookGuardOf('binance')).toBeUndefined();
});
