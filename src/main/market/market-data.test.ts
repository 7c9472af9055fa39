import { describe, expect, it } from 'vitest';
import type { Publishable } from '#contract/publications.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { MarketData } from './market-data.ts';

const ID = 'demo:BTC/USDT' as InstrumentId;
const DAY_MS = 86_400_000;
const START = 1_700_000_100_000;

function trade(offsetMs: number, price: number, size = 1): MarketEvent {
  const time = (START + offsetMs) as EpochMs;
  return {
    kind: 'trade',
    trade: {
      instrumentId: ID,
      id: `${offsetMs}`,
      price: price as Price,
      size: size as Size,
      aggressorSide: 'buy',
      eventTime: time,
      receivedTime: time,
    },
  };
}

const snapshot: MarketEvent = {
  kind: 'bookSnapshot',
  snapshot: {
    instrumentId: ID,
    bids: [[99, 1]],
    asks: [[101, 2]],
    sequence: 7,
    eventTime: null,
    receivedTime: START as EpochMs,
  },
};

function open() {
  const published: Publishable[] = [];
  const market = new MarketData((item) => published.push(item));
  return { market, published };
}

describe('24 h ticker', () => {
  it('sums the window, and forgets what has left it', () => {
    const { market } = open();
    market.apply(trade(0, 50, 10));
    market.apply(trade(60_000, 100, 2));
    market.apply(trade(120_000, 110, 3));
    expect(market.of(ID).ticker()).toMatchObject({
      lastPrice: 110,
      volume: 15,
      highPrice: 110,
      lowPrice: 50,
      changePercent: expect.closeTo(120, 9),
    });
    market.apply(trade(DAY_MS + 30_000, 90, 1));
    expect(market.of(ID).ticker()).toMatchObject({
      volume: 6,
      highPrice: 110,
      lowPrice: 90,
      changePercent: expect.closeTo(-10, 9),
    });
  });

  it('counts seeded history', () => {
    const { market } = open();
    const history = open();
    history.market.apply(trade(0, 80, 5));
    history.market.apply(trade(60_000, 90, 1));
    market.of(ID).seed(history.market.of(ID).candles('1m', 10));
    market.apply(trade(70_000, 100, 2));
    expect(market.of(ID).ticker()).toMatchObject({
      volume: 8,
      changePercent: expect.closeTo(25, 9),
    });
    expect(market.of(ID).candles('5m', 10)).toEqual([
      expect.objectContaining({ open: 80, close: 100, volume: 8, tradeCount: 3, isClosed: false }),
    ]);
  });

  it('does not exist before a trade was seen', () => {
    const { market, published } = open();
    market.apply(snapshot);
    expect(market.of(ID).ticker()).toBeNull();
    expect(published.map(({ of }) => of)).toEqual(['book']);
  });
});

describe('order book', () => {
  it('[F4] a lost book is published as lost and is no fresh start for anyone', () => {
    const { market, published } = open();
    market.apply(snapshot);
    expect(market.bookChange(ID)).toMatchObject({ kind: 'snapshot', bids: [[99, 1]], sequence: 7 });
    market.apply({
      kind: 'bookLost',
      instrumentId: ID,
      reason: 'gap',
      receivedTime: START as EpochMs,
    });
    expect(market.bookChange(ID)).toBeUndefined();
    expect(published.at(-1)).toMatchObject({ of: 'book', change: { kind: 'lost', bids: [] } });
  });

  it('ignores deltas that have no snapshot to build on', () => {
    const { market, published } = open();
    market.apply({
      kind: 'bookDelta',
      delta: {
        instrumentId: ID,
        bids: [[99, 1]],
        asks: [],
        sequence: 8,
        eventTime: null,
        receivedTime: START as EpochMs,
      },
    });
    expect(market.of(ID).book.isReady).toBe(false);
    expect(published).toEqual([]);
  });
});
