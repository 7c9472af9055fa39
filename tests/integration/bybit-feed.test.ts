import { afterEach, describe, expect, it } from 'vitest';
import { OrderBook } from '#domain/order-book.ts';
import type { EpochMs } from '#domain/units.ts';
import { startBybit } from '#tests/fakes/exchanges/bybit/bybit-exchange.ts';
import { readBinanceMarket } from '#tests/fakes/exchanges/bybit/recording.ts';
import { hasRecordings, needsRecordings } from '#tests/support/recordings.ts';
import { WatchedExchange } from '#tests/support/watched-exchange.ts';

const SYMBOL = 'BTC/USDT';
/** Trades and the book. */
const STREAMS = 2;
/** Before the fake's book service starts anew, and well after it. */
const EARLY = 2_000;

describe.skipIf(!hasRecordings)(`the Bybit feed${needsRecordings}`, () => {
  let watched: WatchedExchange | undefined;

  afterEach(async () => {
    await watched?.close();
    watched = undefined;
  });

  async function watch(): Promise<WatchedExchange> {
    watched = new WatchedExchange(await startBybit(), [SYMBOL]);
    await watched.startUntilSubscribed(STREAMS);
    return watched;
  }

  const cameAll = (exchange: WatchedExchange) => () =>
    exchange.trades(SYMBOL).length >= exchange.fake.truth.trades(SYMBOL).length;

  it('[F1] tells all 9,757 trades once, in order, as they were, as fast as they can be sent', async () => {
    const exchange = await watch();
    await exchange.fake.play({ speed: 'max' });
    await exchange.until('all trades came', cameAll(exchange));
    expect(exchange.trades(SYMBOL)).toHaveLength(9_757);
    expect(exchange.trades(SYMBOL)).toEqual(exchange.fake.truth.trades(SYMBOL));
    expect(exchange.rejections).toEqual([]);
    expect(exchange.troubles).toEqual([]);
  });

  it('[F4] shows only books that were, down to 50 levels, across a restart of the exchange (u = 1), and ends with the true one', async () => {
    const exchange = await watch();
    const unknown = unrecordedBooks(exchange);
    await exchange.fake.play({ speed: 60 });
    await exchange.until('the book is true', () => exchange.showsTruth(SYMBOL));
    expect(unknown).toEqual([]);
    expect(exchange.wrongTops).toEqual([]);
    expect(exchange.losses).toEqual([]);
    expect(exchange.books).toBeGreaterThan(50);
  });

  it.each(['bookGap', 'outOfOrder', 'duplicate'] as const)(
    '[F4] %s: throws the book away and takes a fresh one; no wrong book between',
    async (fault) => {
      const exchange = await watch();
      const unknown = unrecordedBooks(exchange);
      await exchange.fake.play({ speed: 60, untilFrame: EARLY });
      exchange.fake.inject(fault);
      await exchange.fake.play({ speed: 60, untilFrame: EARLY + 500 });
      await exchange.until('the book is true again', () => exchange.showsTruth(SYMBOL));
      await exchange.until('all trades came', cameAll(exchange));
      expect(exchange.losses).toHaveLength(1);
      expect(unknown).toEqual([]);
      expect(exchange.wrongTops).toEqual([]);
      const ids = exchange.trades(SYMBOL).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  it('[F4] shows no wrong book when a hole comes in one rush with what surrounds it', async () => {
    const exchange = await watch();
    const unknown = unrecordedBooks(exchange);
    for (let frame = 500; frame <= EARLY; frame += 500) {
      exchange.fake.inject('bookGap');
      await exchange.fake.play({ speed: 'max', untilFrame: frame });
      await exchange.until('the book is true again', () => exchange.showsTruth(SYMBOL));
    }
    expect(unknown).toEqual([]);
    expect(exchange.losses.length).toBeGreaterThan(0);
  });

  it('[F5] rejects a broken frame and loses nothing for it', async () => {
    const exchange = await watch();
    exchange.fake.inject('malformed');
    await exchange.fake.play({ speed: 'max', untilFrame: EARLY });
    await exchange.until('all trades came', cameAll(exchange));
    expect(exchange.trades(SYMBOL)).toEqual(exchange.fake.truth.trades(SYMBOL));
    expect(exchange.rejections.length).toBeGreaterThan(0);
    for (const reason of exchange.rejections) expect(reason).toMatch(/^a frame is not valid JSON/);
  });

  it('tells the candles of a stretch', async () => {
    watched = new WatchedExchange(await startBybit(), [SYMBOL]);
    const from = Date.parse('2022-01-10T00:00:00Z') as EpochMs;
    const to = (from + 1_500 * 60_000) as EpochMs;
    const candles = await watched.feed.history(watched.id(SYMBOL), '1m', from, to);
    expect(candles).toHaveLength(1_500);
    expect(candles[0]).toMatchObject({ openTime: from, open: 41_869, isClosed: true });
    expect(candles[0]).toMatchObject({ buyVolume: null, tradeCount: null });
  });

  it('tells the last 60 trades after an outage, which is all that Bybit has, and does not call them complete', async () => {
    const exchange = await watch();
    await exchange.fake.play({ speed: 'max', untilFrame: EARLY });
    const truth = exchange.fake.truth.trades(SYMBOL);
    const [from, to] = [truth[0]?.time ?? 0, truth.at(-1)?.time ?? 0] as [EpochMs, EpochMs];
    const backfill = await exchange.feed.backfill(exchange.id(SYMBOL), from, to);
    expect(backfill).toMatchObject({ ok: true, value: { isComplete: false } });
    const told = backfill.ok ? backfill.value.trades.map(({ id }) => id) : [];
    expect(told).toEqual(truth.slice(-60).map(({ id }) => id));
  });
});

/** Grows by each book that is shown though none was recorded with its best 50 levels. */
function unrecordedBooks(exchange: WatchedExchange): readonly string[] {
  const recorded = recordedStates();
  const unknown: string[] = [];
  exchange.onBook = (_symbol, book) => {
    const state = stateOf(book);
    if (!recorded.has(state)) unknown.push(state);
  };
  return unknown;
}

/** The best 50 levels a side after each update of the recording. */
function recordedStates(): ReadonlySet<string> {
  const { opening, frames } = readBinanceMarket();
  const book = new OrderBook(opening.instrumentId);
  book.applySnapshot(opening);
  const states = new Set([stateOf(book)]);
  for (const frame of frames) {
    if (frame.kind !== 'book') continue;
    book.applyDelta(frame.delta);
    states.add(stateOf(book));
  }
  return states;
}

function stateOf(book: OrderBook): string {
  const { bids, asks } = book.snapshot(50) ?? {};
  return JSON.stringify([bids, asks]);
}
