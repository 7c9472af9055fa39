import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Publishable } from '#contract/publications.ts';
import { CANDLE_INTERVALS } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { aggregateCandles } from './aggregate-candles.ts';
import { MarketData } from './market-data.ts';
import { tellAtOnce } from './market-outlet.ts';

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
  const market = new MarketData(tellAtOnce((item) => published.push(item)));
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

  it('is up where the price is, also from below zero', () => {
    const { market } = open();
    const changes = [-4, -3, -5, 2].map((price, index) => {
      market.apply(trade(index, price, 1));
      return market.of(ID).ticker()?.changePercent;
    });
    expect(changes).toEqual([0, 25, -25, 150]);
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

describe('trades out of order', () => {
  it('[F4] no older print becomes the last price, and of equal times the later arrival does', () => {
    const { market, published } = open();
    market.apply(trade(1_000, 100));
    market.apply(trade(900, 90));
    expect(published.at(-1)).toMatchObject({ ticker: { lastPrice: 100, lowPrice: 90, volume: 2 } });
    expect(market.of(ID).lastTrade?.price).toBe(100);
    market.apply(trade(1_000, 101));
    expect(published.at(-1)).toMatchObject({
      of: 'ticker',
      ticker: { lastPrice: 101, eventTime: START + 1_000 },
    });
  });

  it('counts a straggler in the 24 h at once', () => {
    const { market } = open();
    for (const at of [0, 60_000, 61_000]) market.apply(trade(at, 100));
    market.apply(trade(59_000, 90, 5));
    expect(market.of(ID).ticker()).toMatchObject({ lastPrice: 100, lowPrice: 90, volume: 8 });
  });

  it('[F4] candles and ticker are those of the trades in order, whichever way they came', () => {
    const print = fc.record({
      waitMs: fc.nat(1_500),
      delayMs: fc.nat(999),
      price: fc.integer({ min: 90, max: 110 }),
      size: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(print, { minLength: 1, maxLength: 80 }), (prints) => {
        let time = 0;
        const sorted = prints.map(({ waitMs, delayMs, price, size }) => {
          time += waitMs + 1;
          return { event: trade(time, price, size), arrival: time + delayMs };
        });
        // Whoever comes late to the very first candle finds it there.
        const first = trade(0, 100);
        const inOrder = open();
        for (const { event } of [{ event: first }, ...sorted]) inOrder.market.apply(event);
        const asTheyCame = open();
        asTheyCame.market.apply(first);
        for (const { event } of sorted.toSorted((a, b) => a.arrival - b.arrival)) {
          asTheyCame.market.apply(event);
        }
        for (const interval of CANDLE_INTERVALS) {
          const candles = asTheyCame.market.of(ID).candles(interval, 1_000);
          expect(candles).toEqual(inOrder.market.of(ID).candles(interval, 1_000));
          const told = asTheyCame.published.flatMap((item) =>
            item.of === 'candle' && item.interval === interval ? [item.candle] : [],
          );
          const lastTold = new Map(told.map((candle) => [candle.openTime, candle]));
          expect(candles.map(({ openTime }) => lastTold.get(openTime))).toEqual(candles);
          expect(told.at(-1)).toBe(candles.at(-1));
        }
        expect(asTheyCame.market.of(ID).ticker()).toEqual(inOrder.market.of(ID).ticker());
      }),
    );
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

  it('[F4] that was never there is not said to be lost when the line drops', () => {
    const { market, published } = open();
    market.apply(trade(0, 100));
    const lost: MarketEvent = {
      ...{ kind: 'bookLost', instrumentId: ID, reason: 'the line dropped' },
      receivedTime: START as EpochMs,
    };
    market.apply(lost);
    expect(published.filter(({ of }) => of === 'book')).toEqual([]);
    for (const event of [snapshot, lost, lost]) market.apply(event);
    const kinds = published.flatMap((item) => (item.of === 'book' ? item.change.kind : []));
    expect(kinds).toEqual(['snapshot', 'lost']);
  });

  it('[F4] that one side has left takes the quote with it: nobody is there at its price', () => {
    const { market } = open();
    const quote: MarketEvent = {
      kind: 'quote',
      quote: {
        ...{ instrumentId: ID, bidPrice: 99 as Price, bidSize: 1 as Size, askPrice: 101 as Price },
        ...{ askSize: 2 as Size, eventTime: null, receivedTime: START as EpochMs },
      },
    };
    const delta = (bidSize: number, askSize: number): MarketEvent => ({
      kind: 'bookDelta',
      delta: {
        ...{ instrumentId: ID, bids: [[99, bidSize]], asks: [[101, askSize]], sequence: 8 },
        ...{ eventTime: null, receivedTime: START as EpochMs },
      },
    });
    for (const event of [trade(0, 100), snapshot, quote, delta(3, 3)]) market.apply(event);
    expect(market.of(ID).ticker()).toMatchObject({ bidPrice: 99, askPrice: 101 });
    market.apply(delta(0, 0));
    expect(market.of(ID).quote).toBeNull();
    expect(market.of(ID).ticker()).toMatchObject({ bidPrice: null, askPrice: null });
    market.apply(quote);
    market.apply(delta(1, 1));
    market.apply(delta(1, 0));
    expect(market.of(ID).quote).toBeNull();
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

/** Trades of an outage, and the gap that it was. */
const gap = (fromMs: number, toMs: number): MarketEvent => ({
  ...{ kind: 'gap', instrumentId: ID, reason: 'the line dropped' },
  ...{ fromTime: (START + fromMs) as EpochMs, toTime: (START + toMs) as EpochMs },
});
const backfill = (fromMs: number, toMs: number, trades: readonly MarketEvent[]): MarketEvent => ({
  ...{ kind: 'backfill', instrumentId: ID, isComplete: true },
  ...{ fromTime: (START + fromMs) as EpochMs, toTime: (START + toMs) as EpochMs },
  trades: trades.flatMap((event) => (event.kind === 'trade' ? [event.trade] : [])),
});

describe('backfill', () => {
  it('makes every candle what it would have been without the outage', () => {
    const step = fc.record({
      waitMs: fc.nat(90_000),
      price: fc.integer({ min: 90, max: 110 }),
      size: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 1, maxLength: 60 }),
        fc.nat(60),
        fc.nat(60),
        (steps, one, other) => {
          let time = 0;
          const all = steps.map(({ waitMs, price, size }) => {
            time += waitMs + 1;
            return trade(time, price, size);
          });
          const from = 1 + Math.min(one, other);
          const to = 1 + Math.max(one, other);
          const unbroken = open().market;
          for (const event of all) unbroken.apply(event);
          const mended = open().market;
          const live = [...all.slice(0, from), gap(0, 1), ...all.slice(to)];
          for (const event of live) mended.apply(event);
          mended.apply(backfill(0, 1, all.slice(from, to)));
          for (const interval of CANDLE_INTERVALS) {
            const candles = mended.of(ID).candles(interval, 1_000);
            expect(candles).toEqual(unbroken.of(ID).candles(interval, 1_000));
          }
          const {
            lastPrice: _,
            changePercent: __,
            eventTime: ___,
            ...day
          } = unbroken.of(ID).ticker() ?? {};
          expect(mended.of(ID).ticker()).toMatchObject(day);
        },
      ),
    );
  });

  it('publishes what changed, the candle in progress last, and does not move the last price', () => {
    const { market, published } = open();
    market.apply(trade(0, 100));
    market.apply(gap(0, 150_000));
    market.apply(trade(150_000, 103));
    published.length = 0;
    market.apply(backfill(0, 150_000, [trade(30_000, 90), trade(61_000, 120), trade(90_000, 95)]));
    const minutes = published.flatMap((item) =>
      item.of === 'candle' && item.interval === '1m' ? [item.candle] : [],
    );
    expect(minutes).toMatchObject([
      { openTime: START, open: 100, low: 90, close: 90, tradeCount: 2, isClosed: true },
      { openTime: START + 60_000, open: 120, close: 95, tradeCount: 2, isClosed: true },
      { openTime: START + 120_000, open: 103, tradeCount: 1, isClosed: false },
    ]);
    expect(published.some(({ of }) => of === 'trade')).toBe(false);
    expect(published.at(-1)).toMatchObject({
      of: 'ticker',
      ticker: { lastPrice: 103, highPrice: 120, lowPrice: 90, volume: 5 },
    });
  });

  it('comes before the next live trade: its last candle is the one in progress then', () => {
    const { market } = open();
    market.apply(trade(0, 100));
    market.apply(gap(0, 70_000));
    market.apply(backfill(0, 70_000, [trade(65_000, 104)]));
    expect(market.of(ID).candles('1m', 10)).toMatchObject([
      { close: 100, isClosed: true },
      { open: 104, isClosed: false },
    ]);
    market.apply(trade(80_000, 99));
    expect(market.of(ID).candles('1m', 10).at(-1)).toMatchObject({ open: 104, close: 99 });
    expect(market.of(ID).lastTrade?.price).toBe(99);
  });

  it('does not take a straggler from before the outage for the first trade after it', () => {
    const { market } = open();
    market.apply(trade(20_000, 100));
    market.apply(gap(20_000, 150_000));
    market.apply(trade(10_000, 97));
    market.apply(trade(150_000, 103));
    market.apply(backfill(20_000, 150_000, [trade(30_000, 90)]));
    expect(market.of(ID).candles('1m', 10)).toMatchObject([
      { open: 97, close: 90, tradeCount: 3 },
      { open: 103, close: 103 },
    ]);
  });

  it('lets no straggler open a candle that a missed trade opened', () => {
    const { market } = open();
    market.apply(trade(0, 100));
    market.apply(gap(0, 100_000));
    market.apply(trade(100_000, 103));
    market.apply(backfill(0, 100_000, [trade(65_000, 101)]));
    market.apply(trade(99_000, 102));
    expect(market.of(ID).candles('1m', 10).at(-1)).toMatchObject({ open: 101, close: 103 });
  });

  it('fills what lies between the end of the history and the first trade that came live', () => {
    const { market } = open();
    const history = open().market;
    for (const minute of [0, 1]) history.apply(trade(minute * 60_000, 80 + minute, 5));
    history.apply(trade(120_000, 82));
    market.of(ID).seed(history.of(ID).candles('1m', 10).slice(0, 2));
    market.apply(gap(120_000, 150_000));
    market.apply(trade(150_000, 100));
    market.apply(
      backfill(120_000, 150_000, [trade(119_999, 60, 9), trade(120_000, 82), trade(149_999, 120)]),
    );
    expect(market.of(ID).candles('1m', 10)).toMatchObject([
      { open: 80, volume: 5 },
      { open: 81, volume: 5, low: 81 },
      { open: 82, high: 120, low: 82, close: 100, volume: 3, tradeCount: 3, isClosed: false },
    ]);
    expect(market.of(ID).candles('1h', 10)).toMatchObject([
      { open: 80, high: 120, low: 80, close: 100, volume: 13 },
    ]);
    expect(market.of(ID).lastTrade?.price).toBe(100);
  });

  it('fills an outage within the minute that the history had begun to tell of', () => {
    const { market } = open();
    const history = open().market;
    for (const second of [0, 1]) history.apply(trade(second * 1_000, 80 + second, 5));
    history.apply(trade(2_000, 1));
    const seconds = history.of(ID).candles('1s', 2, (START + 2_000) as EpochMs);
    market.of(ID).seed(aggregateCandles(seconds, '1m'), seconds);
    market.apply(trade(3_000, 90));
    market.apply(gap(3_000, 9_000));
    market.apply(trade(9_000, 91));
    market.apply(backfill(3_000, 9_000, [trade(5_000, 120)]));
    expect(market.of(ID).candles('1m', 10)).toMatchObject([
      { open: 80, high: 120, close: 91, volume: 13 },
    ]);
    expect(
      market
        .of(ID)
        .candles('1s', 10)
        .map(({ openTime }) => openTime - START),
    ).toEqual([0, 1_000, 3_000, 5_000, 9_000]);
  });

  it('counts nothing twice: an answer that comes twice, or to a market that began anew', () => {
    const { market } = open();
    const missed = [trade(10_000, 90, 5)];
    market.apply(trade(0, 100));
    market.apply(gap(0, 20_000));
    market.apply(trade(20_000, 101));
    market.apply(backfill(0, 20_000, missed));
    market.apply(backfill(0, 20_000, missed));
    expect(market.of(ID).candles('1m', 10)).toMatchObject([{ volume: 7, tradeCount: 3 }]);
    const told = market.of(ID).candles('1m', 10);
    market.of(ID).reset();
    market.of(ID).seed(told);
    market.apply(gap(0, 20_000));
    market.apply(trade(30_000, 101));
    market.apply(backfill(0, 20_000, missed));
    expect(market.of(ID).candles('1m', 10)).toMatchObject([{ volume: 8, tradeCount: 4 }]);
  });
});

describe('a past that comes late', () => {
  it('is joined with the candles that began without it', () => {
    const { market } = open();
    const past = open();
    for (const minute of [0, 1, 2]) past.market.apply(trade(minute * 60_000, 80 + minute, 5));
    market.apply(trade(185_000, 100, 1));
    market.of(ID).seed(past.market.of(ID).candles('1m', 10));
    expect(market.of(ID).candles('1h', 10)).toEqual([
      expect.objectContaining({ open: 80, high: 100, close: 100, volume: 16, isClosed: false }),
    ]);
    expect(
      market
        .of(ID)
        .candles('1m', 10)
        .map(({ close }) => close),
    ).toEqual([80, 81, 82, 100]);
    // The past opened that hour, whatever straggles in.
    market.apply(trade(184_000, 70));
    expect(market.of(ID).candles('1h', 10)).toMatchObject([{ open: 80, low: 70, close: 100 }]);
  });
});
