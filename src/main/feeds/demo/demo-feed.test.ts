import { describe, expect, it, vi } from 'vitest';
import { type Candle, candleOpenTime } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { instrumentOf, type MarketEvent } from '#domain/market-event.ts';
import { OrderBook } from '#domain/order-book.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { DemoFeed } from './demo-feed.ts';
import { DEMO_INSTRUMENTS } from './demo-instruments.ts';
import { TradeFlow } from './trade-flow.ts';

const START = 1_763_640_003_217;
const BTC = 'demo:BTC/USDT' as InstrumentId;
const ETH = 'demo:ETH/USDT' as InstrumentId;

/** Runs the demo exchange, waking the clock in the given steps over and over. */
function record(options: { seed?: number; start?: number; lengthMs: number; stepsMs: number[] }) {
  const clock = new FakeClock(options.start ?? START);
  const events: MarketEvent[] = [];
  const abort = new AbortController();
  const sink = {
    onEvents: (some: readonly MarketEvent[]) => events.push(...some),
    onState: () => undefined,
    onRejected: () => undefined,
    onMarketHours: () => undefined,
    onClockSample: () => undefined,
  };
  const end = new DemoFeed(options.seed ?? 1, clock).run(sink, abort.signal);
  for (let passed = 0, i = 0; passed < options.lengthMs; i++) {
    const step = options.stepsMs[i % options.stepsMs.length] ?? 50;
    const taken = Math.min(step, options.lengthMs - passed);
    clock.advance(taken);
    passed += taken;
  }
  abort.abort();
  return { events, end, clock };
}

/** Without our own clock's stamp, which depends on when we looked. */
const exchangeSide = (events: readonly MarketEvent[]) =>
  events.map((event) => JSON.stringify(event).replace(/"receivedTime":\d+/g, ''));

const tradesOf = (events: readonly MarketEvent[], id: InstrumentId): Trade[] =>
  events.flatMap((event) =>
    event.kind === 'trade' && event.trade.instrumentId === id ? [event.trade] : [],
  );

describe('DemoFeed', () => {
  it('tells the same whatever the wake-ups, and something else with another seed', () => {
    const even = record({ lengthMs: 120_000, stepsMs: [50] });
    const odd = record({ lengthMs: 120_000, stepsMs: [1_700, 350, 4_100] });
    const other = record({ seed: 2, lengthMs: 120_000, stepsMs: [50] });
    expect(exchangeSide(odd.events)).toEqual(exchangeSide(even.events));
    expect(exchangeSide(other.events)).not.toEqual(exchangeSide(even.events));
  });

  it('goes on seamlessly when it is started again: a pure function of absolute time', () => {
    const whole = record({ lengthMs: 60_000, stepsMs: [50] });
    const second = record({ start: START + 30_000, lengthMs: 30_000, stepsMs: [50] });
    const late = tradesOf(whole.events, BTC).filter((t) => t.eventTime > START + 30_000);
    const again = tradesOf(second.events, BTC);
    expect(again.map(({ id, price, size }) => [id, price, size])).toEqual(
      late.map(({ id, price, size }) => [id, price, size]),
    );
    expect(again.length).toBeGreaterThan(20);
  });

  it('has times and ids that only grow, and every event in the order of time', () => {
    const { events } = record({ lengthMs: 120_000, stepsMs: [50] });
    for (const id of [BTC, ETH]) {
      const trades = tradesOf(events, id);
      trades.slice(1).forEach((trade, i) => {
        expect(Number(trade.id)).toBeGreaterThan(Number(trades[i]?.id));
        expect(trade.eventTime).toBeGreaterThanOrEqual(trades[i]?.eventTime ?? 0);
      });
    }
  });

  it('keeps a 20-level book that is never crossed, quotes that equal it, and trades at its touch', () => {
    const { events } = record({ lengthMs: 180_000, stepsMs: [50] });
    const books = new Map([BTC, ETH].map((id) => [id, new OrderBook(id)]));
    let trades = 0;
    let quotes = 0;
    for (const event of events) {
      const book = books.get(instrumentOf(event));
      if (!book) throw new Error('unknown instrument');
      if (event.kind === 'bookSnapshot') book.applySnapshot(event.snapshot);
      if (event.kind === 'bookDelta') {
        expect(event.delta.sequence).toBeGreaterThan(book.sequence ?? 0);
        book.applyDelta(event.delta);
        expect([book.depth('buy'), book.depth('sell')]).toEqual([20, 20]);
      }
      const [bid, bidSize] = book.best('buy') ?? [Number.NaN, 0];
      const [ask, askSize] = book.best('sell') ?? [Number.NaN, 0];
      expect(bid).toBeLessThan(ask);
      if (event.kind === 'quote') {
        quotes++;
        const { bidPrice, bidSize: quoteBidSize, askPrice, askSize: quoteAskSize } = event.quote;
        expect([bidPrice, quoteBidSize, askPrice, quoteAskSize]).toEqual([
          bid,
          bidSize,
          ask,
          askSize,
        ]);
      }
      if (event.kind === 'trade') {
        trades++;
        expect(event.trade.price).toBe(event.trade.aggressorSide === 'buy' ? ask : bid);
        expect(event.trade.size).toBeGreaterThan(0);
      }
    }
    expect(trades).toBeGreaterThan(300);
    expect(quotes).toBeGreaterThan(300);
  });

  it('ends at an abort and leaves no timer behind', async () => {
    const { end, clock } = record({ lengthMs: 1_000, stepsMs: [50] });
    expect(await end).toEqual({ kind: 'aborted' });
    expect(clock.pendingTimers).toBe(0);
  });

  it('marks what it slept through as a gap and begins again with a snapshot', () => {
    const events: MarketEvent[] = [];
    let tick: () => void = () => undefined;
    let now = START;
    const clock = {
      now: () => now as EpochMs,
      setTimeout: () => () => undefined,
      setInterval: (callback: () => void) => {
        tick = callback;
        return () => undefined;
      },
    };
    const sink = {
      onEvents: (some: readonly MarketEvent[]) => events.push(...some),
      onState: () => undefined,
      onRejected: () => undefined,
      onMarketHours: () => undefined,
      onClockSample: () => undefined,
    };
    new DemoFeed(1, clock).run(sink, new AbortController().signal);
    events.length = 0;
    now += 8 * 3_600_000;
    tick();
    expect(events.map(({ kind }) => kind)).toEqual([
      ...['gap', 'gap'],
      ...['bookSnapshot', 'quote', 'bookSnapshot', 'quote'],
    ]);
    expect(events[0]).toMatchObject({ fromTime: START, toTime: now });
  });
});

describe('history of the demo exchange', () => {
  const minute = 60_000;
  const from = candleOpenTime(START as EpochMs, '1m') as number;

  it('equals the candles made from the trades of the same stretch', async () => {
    const { events, clock } = record({ start: from - 1, lengthMs: 10 * minute, stepsMs: [50] });
    const feed = new DemoFeed(1, clock);
    for (const id of [BTC, ETH]) {
      const expected = candlesFrom(tradesOf(events, id));
      const told = await feed.history(id, '1m', from as EpochMs, (from + 10 * minute) as EpochMs);
      // The run ends a millisecond before the tenth minute does.
      expect(told).toHaveLength(9);
      told.forEach((candle, i) => {
        const { volume, buyVolume, ...exact } = expected[i] as Candle;
        expect(candle).toMatchObject(exact);
        expect(candle.volume).toBeCloseTo(volume, 9);
        expect(candle.buyVolume).toBeCloseTo(buyVolume ?? Number.NaN, 9);
      });
    }
  });

  it('adds minutes up to longer intervals, and reads seconds', async () => {
    const clock = new FakeClock(from + 3_600_000);
    const feed = new DemoFeed(1, clock);
    const range = [from as EpochMs, clock.now()] as const;
    const minutes = await feed.history(BTC, '1m', ...range);
    const fives = await feed.history(BTC, '5m', ...range);
    const seconds = await feed.history(BTC, '1s', ...range);
    const first = fives[0] as Candle;
    const parts = minutes.filter(
      ({ openTime }) => candleOpenTime(openTime, '5m') === first.openTime,
    );
    expect(parts).toHaveLength(5);
    expect(first.open).toBe(parts[0]?.open);
    expect(first.close).toBe(parts[4]?.close);
    expect(first.high).toBe(Math.max(...parts.map(({ high }) => high)));
    const tradesIn = (candles: readonly Candle[]) =>
      candles.reduce((sum, { tradeCount }) => sum + (tradeCount ?? Number.NaN), 0);
    expect(first.tradeCount).toBe(tradesIn(parts));
    expect(tradesIn(seconds)).toBe(tradesIn(minutes));
  });

  it('makes a minute once for all feeds of its seed', async () => {
    const clock = new FakeClock(START);
    const range = [(START - 3_600_000) as EpochMs, START as EpochMs] as const;
    const first = await new DemoFeed(7, clock).history(BTC, '1m', ...range);
    const tradesOfSecond = vi.spyOn(TradeFlow.prototype, 'tradesOfSecond');
    expect(first).not.toEqual([]);
    expect(await new DemoFeed(7, clock).history(BTC, '1m', ...range)).toEqual(first);
    expect(tradesOfSecond).not.toHaveBeenCalled();
    await new DemoFeed(8, clock).history(BTC, '1m', ...range);
    expect(tradesOfSecond).toHaveBeenCalled();
    tradesOfSecond.mockRestore();
  });

  it('tells only what is closed, does not know the future, and ends three days back', async () => {
    const feed = new DemoFeed(1, new FakeClock(START));
    const week = 7 * 24 * 3_600_000;
    const range = [(START - week) as EpochMs, (START + week) as EpochMs] as const;
    const hours = await feed.history(BTC, '1h', ...range);
    expect(hours).toHaveLength(71);
    expect((hours.at(-1)?.openTime ?? 0) + 3_600_000).toBeLessThanOrEqual(START);
    expect(await feed.history('demo:NO/PE' as InstrumentId, '1h', ...range)).toEqual([]);
  });
});

function candlesFrom(trades: readonly Trade[]): Candle[] {
  const byMinute = Map.groupBy(trades, ({ eventTime }) => candleOpenTime(eventTime, '1m'));
  const sum = (some: readonly Trade[]) => some.reduce((total, { size }) => total + size, 0);
  return [...byMinute].map(([openTime, some]) => ({
    openTime,
    open: (some[0] as Trade).price,
    high: Math.max(...some.map(({ price }) => price)) as Candle['high'],
    low: Math.min(...some.map(({ price }) => price)) as Candle['low'],
    close: (some.at(-1) as Trade).price,
    volume: sum(some),
    buyVolume: sum(some.filter(({ aggressorSide }) => aggressorSide === 'buy')),
    tradeCount: some.length,
    isClosed: true,
  }));
}

describe('instruments of the demo exchange', () => {
  it('are labelled demo and name their increments', async () => {
    const result = await new DemoFeed(1, new FakeClock()).instruments();
    expect(result).toMatchObject({
      ok: true,
      value: [
        { id: BTC, exchange: 'demo', priceIncrement: 0.1, sizeIncrement: 0.00001 },
        { id: ETH, exchange: 'demo', priceIncrement: 0.01, sizeIncrement: 0.0001 },
      ],
    });
    expect(DEMO_INSTRUMENTS).toHaveLength(2);
  });
});
