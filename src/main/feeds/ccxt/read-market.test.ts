import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { readQuote, readTrade } from './read-market.ts';

const ID = 'binance:BTC/USDT' as InstrumentId;
const NOW = 1_700_000_000_500 as EpochMs;
const TRADE = {
  ...{ id: '7', price: 61_837.63, amount: 0.02, timestamp: 1_700_000_000_000 },
  side: 'sell' as const,
};
const TICKER = { bid: 10, bidVolume: 2, ask: 11, askVolume: 0, timestamp: undefined };

describe('readTrade', () => {
  it('reads a sound one; its side is the aggressor’s', () => {
    expect(readTrade(TRADE, ID, NOW)).toEqual({
      ok: true,
      value: {
        ...{ instrumentId: ID, id: '7', price: 61_837.63, size: 0.02, aggressorSide: 'sell' },
        ...{ eventTime: 1_700_000_000_000, receivedTime: NOW },
      },
    });
  });

  it.each([
    [{ id: undefined }, 'a trade has no id'],
    [{ id: '' }, 'a trade has no id'],
    [{ price: Number.NaN }, 'trade 7: the price NaN is not a price'],
    [{ price: 0 }, 'trade 7: the price 0 is not a price'],
    [{ amount: -1 }, 'trade 7: the size -1 is not a size'],
    [{ amount: undefined }, 'trade 7: the size undefined is not a size'],
    [{ side: undefined }, 'trade 7 has no side'],
    [{ timestamp: undefined }, 'trade 7: the time undefined is not in epoch milliseconds'],
    [{ timestamp: 1_700_000_000_000_000 }, 'is not in epoch milliseconds'],
    [{ timestamp: NOW + 86_400_001 }, 'is more than a day ahead'],
  ])('[F5] refuses %j and never repairs', (change, reason) => {
    expect(readTrade({ ...TRADE, ...change } as typeof TRADE, ID, NOW)).toEqual({
      ok: false,
      reason: expect.stringContaining(reason),
    });
  });
});

describe('readQuote', () => {
  it('reads a sound one, and no time where the exchange sends none', () => {
    expect(readQuote(TICKER, ID, NOW)).toMatchObject({
      ok: true,
      value: { bidPrice: 10, bidSize: 2, askPrice: 11, askSize: 0, eventTime: null },
    });
  });

  it('is none where the exchange does not say all of it', () => {
    expect(readQuote({ ...TICKER, askVolume: undefined }, ID, NOW)).toBeNull();
  });

  it.each([
    [{ bid: 12 }, 'crossed'],
    [{ bid: -1 }, 'a quote of -1 and 11'],
    [{ ask: Number.NaN }, 'a quote of 10 and NaN'],
    [{ bidVolume: -2 }, 'a quote with the sizes -2 and 0'],
  ])('[F5] refuses %j', (change, reason) => {
    expect(readQuote({ ...TICKER, ...change }, ID, NOW)).toEqual({
      ok: false,
      reason: expect.stringContaining(reason),
    });
  });
});
