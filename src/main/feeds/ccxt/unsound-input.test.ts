import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { OrderBook } from '#domain/order-book.ts';
import type { Quote } from '#domain/quote.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { fetchBackfill } from './backfill.ts';
import { BookStream } from './book-stream.ts';
import type { CcxtExchange } from './ccxt-exchange.ts';
import type { ExchangeHouse } from './exchange-house.ts';
import { fetchHistory } from './history.ts';
import { isExchangeTime, type MarketScale, scaleOf } from './market-scale.ts';
import { QuoteStream } from './quote-stream.ts';
import { RefusedAnswers } from './refused-answers.ts';
import type { StreamHost } from './stream.ts';
import { TradeMemory } from './trade-memory.ts';
import { TradeStream } from './trade-stream.ts';

const SYMBOL = 'BTC/USDT';
const ID = 'someone:BTC/USDT' as InstrumentId;
const NOW = 1_700_000_000_500 as EpochMs;
const FROM = 1_699_999_980_000;
const MINUTE_MS = 60_000;
const LONG_MS = 200 * MINUTE_MS;
const STRETCH = { fromTime: FROM as EpochMs, toTime: (FROM + LONG_MS) as EpochMs };
const RUNS = 500;

/** Whatever an exchange, or what stands between, may put in place of what was promised. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, -1, 1e308, -1e308],
    ...[5e-324, 1e21, 1_700_000_000, 1_700_000_000_000_000, '', '5', 'abc', null, undefined, true],
    ...[Object.create(null), { toString: 1 }, [], [5], 5n, Symbol('x')],
  ),
  fc.double(),
  fc.anything(),
);
/** Mostly what was promised. */
const mostly = (sound: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: sound }, { weight: 1, arbitrary: junk });

const price = fc.integer({ min: 1, max: 40 }).map((ticks) => ticks / 4);
const size = fc.integer({ min: 1, max: 1_000 }).map((lots) => lots / 100);
const moment = fc.integer({ min: 0, max: 100 }).map((minutes) => FROM + minutes * MINUTE_MS);

const CRUDE = { linear: true, inverse: false, contractSize: 1, contract: true };
const scale: fc.Arbitrary<{ scale: MarketScale; mayFall: boolean }> = fc.constantFrom(
  { scale: scaleOf(undefined), mayFall: false },
  { scale: scaleOf({ ...CRUDE, contractSize: 0.01 }), mayFall: true },
  { scale: scaleOf({ ...CRUDE, linear: false, inverse: true, contractSize: 100 }), mayFall: false },
  { scale: scaleOf({ ...CRUDE, contractSize: 1e300 }), mayFall: true },
);

const anyTrade = fc.record({
  id: mostly(fc.nat({ max: 500 }).map(String)),
  price: mostly(price),
  amount: mostly(size),
  side: mostly(fc.constantFrom('buy', 'sell')),
  timestamp: mostly(moment),
});
const anyTicker = fc.record({
  bid: mostly(price),
  bidVolume: mostly(size),
  ask: mostly(price.map((value) => value + 10)),
  askVolume: mostly(size),
  timestamp: mostly(moment),
});
const anySide = (direction: 1 | -1) =>
  fc
    .uniqueArray(price, { maxLength: 6 })
    .map((prices) => prices.map((value) => value + direction * 20 + 20))
    .map((prices) => prices.toSorted((a, b) => (a - b) * direction))
    .chain((prices) =>
      fc.tuple(...prices.map((value) => fc.tuple(mostly20(fc.constant(value)), mostly20(size)))),
    );
const mostly20 = (sound: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 60, arbitrary: sound }, { weight: 1, arbitrary: junk });
const anyBook = fc.record({
  bids: mostly20(anySide(-1)),
  asks: mostly20(anySide(1)),
  nonce: mostly(fc.nat()),
  timestamp: mostly(moment),
});
/** Four prices, the highest and the lowest in their places. */
const fourPrices = fc
  .array(price, { minLength: 4, maxLength: 4 })
  .map((prices) => prices.toSorted((a, b) => a - b))
  .chain(([low, open, close, high]) =>
    fc.tuple(...[open, high, low, close].map((value) => mostly20(fc.constant(value)))),
  );
const anyRow = fc
  .tuple(mostly(moment), fourPrices, mostly20(size), mostly(fc.nat()), mostly(fc.constant(0)))
  .map(([time, prices, ...rest]) => [time, ...prices, ...rest]);

function expectTime(time: number | null): void {
  if (time === null) return;
  expect(Number.isFinite(time)).toBe(true);
  expect(time).toBeGreaterThan(Date.UTC(2009, 0, 1));
  expect(time).toBeLessThan(Date.UTC(2100, 0, 2));
}

function expectPrices(mayFall: boolean, ...prices: readonly unknown[]): void {
  for (const value of prices) {
    expect(typeof value === 'number' && Number.isFinite(value) && value !== 0).toBe(true);
    if (!mayFall) expect(value).toBeGreaterThan(0);
  }
}

function expectTrade(trade: Trade, mayFall: boolean): void {
  expect(typeof trade.id === 'string' && trade.id !== '').toBe(true);
  expectPrices(mayFall, trade.price);
  expect(trade.size > 0 && Number.isFinite(trade.size)).toBe(true);
  expect(['buy', 'sell']).toContain(trade.aggressorSide);
  expectTime(trade.eventTime);
}

function expectQuote(quote: Quote, mayFall: boolean): void {
  expectPrices(mayFall, quote.bidPrice, quote.askPrice);
  expect(quote.bidPrice).toBeLessThanOrEqual(quote.askPrice);
  for (const told of [quote.bidSize, quote.askSize]) {
    expect(typeof told === 'number' && Number.isFinite(told) && told >= 0).toBe(true);
  }
  expectTime(quote.eventTime);
}

function expectBook(book: OrderBook, mayFall: boolean): void {
  const { bids = [], asks = [] } = book.snapshot() ?? {};
  for (const [index, [at, amount]] of [...bids, ...asks].entries()) {
    expectPrices(mayFall, at);
    expect(typeof amount === 'number' && Number.isFinite(amount) && amount > 0).toBe(true);
    const before = [...bids, ...asks][index - 1]?.[0] ?? 0;
    if (index > 0 && index < bids.length) expect(at).toBeLessThan(before);
    else if (index > bids.length) expect(at).toBeGreaterThan(before);
  }
  const [bid] = bids;
  const [ask] = asks;
  if (bid && ask) expect(bid[0]).toBeLessThan(ask[0]);
  expect(Number.isSafeInteger(book.sequence)).toBe(true);
}

function expectCandle(candle: Candle, mayFall: boolean): void {
  const { open, high, low, close, volume, buyVolume, tradeCount } = candle;
  expectPrices(mayFall, open, high, low, close);
  expect(Math.max(open, close)).toBeLessThanOrEqual(high);
  expect(Math.min(open, close)).toBeGreaterThanOrEqual(low);
  expect(Number.isFinite(volume) && volume >= 0).toBe(true);
  expect(buyVolume === null || (buyVolume >= 0 && buyVolume <= volume)).toBe(true);
  expect(tradeCount === null || (Number.isSafeInteger(tradeCount) && tradeCount >= 0)).toBe(true);
  expectTime(candle.openTime);
}

/** A stream's surroundings, with an exchange that answers once. */
function hostOf(exchange: Record<string, unknown>, marketScale: MarketScale) {
  const told: MarketEvent[] = [];
  const rejected: string[] = [];
  const memory = new TradeMemory();
  const house = { exchange: 'someone', memoryOf: () => memory, scaleOf: () => marketScale };
  const host: StreamHost = {
    house: house as unknown as ExchangeHouse,
    exchange: { trades: {}, orderbooks: { [SYMBOL]: {} }, ...exchange } as unknown as CcxtExchange,
    clock: { now: () => NOW },
    tell: (event) => void told.push(event),
    reject: (reason) => void rejected.push(reason),
  };
  return { host, told, rejected };
}

function houseOf(requests: Record<string, unknown>, marketScale: MarketScale) {
  const refusedAnswers = new RefusedAnswers();
  const rejected: string[] = [];
  refusedAnswers.listen([SYMBOL], (reason) => rejected.push(reason));
  const memory = new TradeMemory();
  const house = {
    ...{ exchange: 'someone', refusedAnswers, requests: requests as unknown as CcxtExchange },
    ...{ memoryOf: () => memory, scaleOf: () => marketScale },
  } as unknown as ExchangeHouse;
  return { house, rejected };
}

describe('whatever an exchange sends', () => {
  it('[F5] a trade is sound, known already, or refused and counted', async () => {
    let toldInAll = 0;
    const property = fc.asyncProperty(fc.array(anyTrade), scale, async (trades, market) => {
      const watchTrades = () => Promise.resolve(trades);
      const { host, told, rejected } = hostOf({ watchTrades }, market.scale);
      await new TradeStream(host, SYMBOL).next();
      const ids = new Set<string>();
      for (const event of told) {
        if (event.kind !== 'trade') throw new Error(event.kind);
        expectTrade(event.trade, market.mayFall);
        expect(ids.has(event.trade.id)).toBe(false);
        ids.add(event.trade.id);
      }
      toldInAll += told.length;
      const again = trades.length - told.length - rejected.length;
      const repeated = trades.filter(({ id }) => typeof id === 'string' && ids.has(id)).length;
      expect(again).toBeLessThanOrEqual(repeated - ids.size);
      expect(again).toBeGreaterThanOrEqual(0);
    });
    await fc.assert(property, { numRuns: RUNS });
    expect(toldInAll).toBeGreaterThan(RUNS);
  });

  it('[F5] a quote is sound, absent, or refused and counted', async () => {
    let toldInAll = 0;
    const property = fc.asyncProperty(anyTicker, scale, async (ticker, market) => {
      const watchTicker = () => Promise.resolve(ticker);
      const { host, told, rejected } = hostOf({ watchTicker }, market.scale);
      await new QuoteStream(host, SYMBOL, 'ticker').next();
      for (const event of told) {
        if (event.kind !== 'quote') throw new Error(event.kind);
        expectQuote(event.quote, market.mayFall);
      }
      toldInAll += told.length;
      const { bid, bidVolume, ask, askVolume } = ticker;
      const isAbsent = [bid, bidVolume, ask, askVolume].some((one) => one == null);
      expect(told.length + rejected.length).toBe(isAbsent ? 0 : 1);
    });
    await fc.assert(property, { numRuns: 2 * RUNS });
    expect(toldInAll).toBeGreaterThan(RUNS / 4);
  });

  it('[F4] [F5] a book is sound after every update, or thrown away with a reason', async () => {
    let toldInAll = 0;
    const property = fc.asyncProperty(
      fc.array(anyBook, { minLength: 1, maxLength: 8 }),
      scale,
      async (books, market) => {
        let next = 0;
        const watchOrderBook = () => Promise.resolve(books[next++]);
        const { host, told } = hostOf({ watchOrderBook }, market.scale);
        const options = { limit: undefined, depth: 5, withQuotes: true };
        const stream = new BookStream(host, SYMBOL, options);
        const shownBook = new OrderBook(ID);
        for (const { timestamp } of books) {
          const from = told.length;
          await stream.next().catch((error: unknown) => {
            expect(error).toMatchObject({ message: expect.stringMatching(/.+/) });
            stream.lose('it is unsound');
          });
          for (const event of told.slice(from)) {
            if (event.kind === 'quote') expectQuote(event.quote, market.mayFall);
            else if (event.kind === 'bookLost') shownBook.clear();
            else if (event.kind === 'bookSnapshot') shownBook.applySnapshot(event.snapshot);
            else if (event.kind === 'bookDelta') shownBook.applyDelta(event.delta);
            if (event.kind !== 'bookSnapshot' && event.kind !== 'bookDelta') continue;
            expectBook(shownBook, market.mayFall);
            const told = event.kind === 'bookSnapshot' ? event.snapshot : event.delta;
            expectTime(told.eventTime);
            if (told.eventTime !== null) expect(told.eventTime).toBe(timestamp);
          }
        }
        toldInAll += told.length;
      },
    );
    await fc.assert(property, { numRuns: RUNS });
    expect(toldInAll).toBeGreaterThan(RUNS);
  });

  it('[F5] a candle of the past is sound, or refused and counted', async () => {
    let toldInAll = 0;
    const property = fc.asyncProperty(fc.array(anyRow), scale, async (rows, market) => {
      const pages = [rows];
      const requests = {
        has: { fetchOHLCV: true },
        timeframes: { '1m': '1m' },
        fetchOHLCV: () => Promise.resolve(pages.pop() ?? []),
      };
      const { house, rejected } = houseOf(requests, market.scale);
      const question = { symbol: SYMBOL, interval: '1m', ...STRETCH } as const;
      const candles = await fetchHistory(house, question);
      for (const candle of candles) expectCandle(candle, market.mayFall);
      const outside = rows.filter(([time]) => isElsewhen(time)).length;
      expect(candles.length + rejected.length).toBeLessThanOrEqual(rows.length);
      expect(candles.length + rejected.length).toBeGreaterThanOrEqual(rows.length - outside);
      toldInAll += candles.length;
    });
    await fc.assert(property, { numRuns: RUNS });
    expect(toldInAll).toBeGreaterThan(RUNS);
  });

  it('[F5] a trade without a time at the end of a page does not end the asking', async () => {
    const trade = { price: 10, amount: 1, side: 'buy' };
    const pages = [
      [
        { ...trade, id: '1', timestamp: FROM + 1 },
        { ...trade, id: '2', timestamp: Number.NaN },
      ],
      [{ ...trade, id: '3', timestamp: FROM + 2 }],
    ];
    const asked: unknown[] = [];
    const fetchTrades = (_: string, since: unknown) => {
      asked.push(since);
      return Promise.resolve(pages.shift() ?? []);
    };
    const requests = { has: { fetchTrades: true }, options: {}, fetchTrades };
    const { house, rejected } = houseOf(requests, scaleOf(undefined));
    const answer = await fetchBackfill(house, { symbol: SYMBOL, ...STRETCH }, NOW);
    expect(answer.ok && answer.value.trades.map(({ id }) => id)).toEqual(['1', '3']);
    expect(asked).toEqual([FROM - MINUTE_MS, FROM + 1, FROM + 2]);
    expect(rejected).toEqual([expect.stringContaining('trade 2: the time NaN')]);
  });

  it('[F5] a trade of the past is sound, or refused and counted', async () => {
    let toldInAll = 0;
    const property = fc.asyncProperty(fc.array(anyTrade), scale, async (trades, market) => {
      const pages = [trades];
      const requests = {
        has: { fetchTrades: true },
        options: {},
        fetchTrades: () => Promise.resolve(pages.pop() ?? []),
      };
      const { house, rejected } = houseOf(requests, market.scale);
      const answer = await fetchBackfill(house, { symbol: SYMBOL, ...STRETCH }, NOW);
      if (!answer.ok) throw new Error(answer.error.message);
      const { trades: told } = answer.value;
      for (const trade of told) expectTrade(trade, market.mayFall);
      expect(told.map(({ eventTime }) => eventTime)).toEqual(
        told.map(({ eventTime }) => eventTime).toSorted((a, b) => a - b),
      );
      expect(told.length + rejected.length).toBeLessThanOrEqual(trades.length);
      toldInAll += told.length;
    });
    await fc.assert(property, { numRuns: RUNS });
    expect(toldInAll).toBeGreaterThan(RUNS);
  });
});

/** A time, but none that was asked for. */
const isElsewhen = (time: unknown): boolean =>
  isExchangeTime(time) && !(time >= FROM && time + MINUTE_MS <= FROM + LONG_MS);
