import { describe, expect, it } from 'vitest';
import type { InstrumentId } from './instrument.ts';
import { searchInstruments, searchRank } from './instrument-search.ts';

const BTC = 'binance:BTC/USDT' as InstrumentId;

describe('searchRank', () => {
  it.each([
    ['btc', 0],
    ['BTC/U', 0],
    ['btcusdt', 0],
    ['usdt', 1],
    ['binance btc', 1],
    ['btc binance', 0],
    ['', 0],
    ['kraken btc', null],
    ['eth', null],
  ])('of "%s" is %s', (text, rank) => {
    expect(searchRank(BTC, text)).toBe(rank);
  });

  it('finds a swap by its settlement, and Deriv’s own names', () => {
    expect(searchRank('binance:BTC/USDT:USDT' as InstrumentId, 'btcusdtusdt')).toBe(0);
    expect(searchRank('deriv:R_100' as InstrumentId, 'r_100')).toBe(0);
    expect(searchRank('deriv:R_100' as InstrumentId, 'r100')).toBe(0);
  });
});

describe('searchInstruments', () => {
  it('puts those first whose symbol begins with it, and keeps the order else', () => {
    const ids = ['a:ETH/BTC', 'a:BTC/EUR', 'a:XRP/BTC', 'a:BTC/USD', 'a:ETH/EUR'];
    const found = searchInstruments(
      ids.map((id) => ({ id: id as InstrumentId })),
      'btc',
    );
    expect(found.map(({ id }) => id)).toEqual(['a:BTC/EUR', 'a:BTC/USD', 'a:ETH/BTC', 'a:XRP/BTC']);
  });
});
