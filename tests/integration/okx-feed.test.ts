import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { BookLevel, OrderBook } from '#domain/order-book.ts';
import type { EpochMs } from '#domain/units.ts';
import { OKX_INSTRUMENTS, symbolOf } from '#tests/fakes/exchanges/okx/instruments.ts';
import { CHECKED_LEVELS, OkxBook } from '#tests/fakes/exchanges/okx/okx-book.ts';
import { startOkx } from '#tests/fakes/exchanges/okx/okx-exchange.ts';
import { type OkxLevel, readOkxRecording } from '#tests/fakes/exchanges/okx/recording.ts';
import { needsRecordings, OKX_PUBLIC } from '#tests/support/recordings.ts';
import { WatchedExchange } from '#tests/support/watched-exchange.ts';

const SYMBOL = 'BTC/USDT';
const ALL = ['BTC/USDT', 'BTC/USD:BTC-220527', 'UNI/USD:UNI'];
/** Trades and books. */
const STREAMS = 2;
/** Of futures, and of perpetuals. */
const KINDS_OF_LIQUIDATIONS = 2;

describe.skipIf(!existsSync(OKX_PUBLIC))(`the OKX feed${needsRecordings}`, () => {
  let watched: WatchedExchange | undefined;

  afterEach(async () => {
    await watched?.close();
    watched = undefined;
  });

  async function watch(symbols: readonly string[], others = 0): Promise<WatchedExchange> {
    watched = new WatchedExchange(await startOkx(), symbols);
    await watched.startUntilSubscribed(STREAMS * symbols.length + others);
    return watched;
  }

  const allTradesOf = (exchange: WatchedExchange, symbol: string) => () =>
    exchange.trades(symbol).length >= exchange.fake.truth.trades(symbol).length;

  it('[F4] knows the book after each recorded update: all 290 recorded checksums are those of the fake', () => {
    const books = new Map<string, OkxBook>();
    let count = 0;
    for (const frame of readOkxRecording()) {
      if (frame.channel !== 'books') continue;
      const book = books.get(frame.instId) ?? new OkxBook();
      books.set(frame.instId, book);
      for (const update of frame.data) {
        book.apply(update);
        expect(book.checksum()).toBe(update.checksum);
        count++;
      }
    }
    expect(count).toBe(290);
  });

  it('[F1] tells all liquidations of one message, in the base currency', async () => {
    const exchange = await watch(ALL, KINDS_OF_LIQUIDATIONS);
    const symbol = 'UNI/USD:UNI';
    const time = 1_653_000_000_000;
    exchange.fake.liquidate?.(symbol, [
      { side: 'sell', price: 5, size: 3, time },
      { side: 'buy', price: 4, size: 2, time: time + 1 },
    ]);
    await exchange.until('both came', () => exchange.liquidations.length >= 2);
    const ofContract = { instrumentId: exchange.id(symbol), receivedTime: expect.any(Number) };
    // A contract is worth 10 USD.
    expect(exchange.liquidations).toEqual([
      { ...ofContract, side: 'sell', price: 5, size: 6, eventTime: time },
      { ...ofContract, side: 'buy', price: 4, size: 5, eventTime: time + 1 },
    ]);
    expect(exchange.rejections).toEqual([]);
  });

  it('[F1] tells each recorded trade of three instruments once, in order, as it was', async () => {
    const exchange = await watch(ALL);
    await exchange.fake.play({ speed: 20 });
    for (const symbol of ALL) {
      await exchange.until(`all trades of ${symbol} came`, allTradesOf(exchange, symbol));
      expect(exchange.trades(symbol)).toEqual(exchange.fake.truth.trades(symbol));
    }
    expect(exchange.trades(SYMBOL)).toHaveLength(69);
    expect(exchange.rejections).toEqual([]);
    expect(exchange.troubles).toEqual([]);
  });

  it('[F4] shows only books that OKX itself had: each has a checksum that was recorded', async () => {
    const exchange = await watch(ALL);
    const unknown = unrecordedBooks(exchange);
    await exchange.fake.play({ speed: 10 });
    for (const symbol of ALL) {
      await exchange.until(`the book of ${symbol} is true`, () => exchange.showsTruth(symbol));
    }
    expect(unknown).toEqual([]);
    expect(exchange.wrongTops).toEqual([]);
    expect(exchange.losses).toEqual([]);
    expect(exchange.books).toBeGreaterThan(20);
    expect(exchange.quotes).toBeGreaterThan(10);
  });

  it.each(['bookGap', 'duplicate', 'outOfOrder'] as const)(
    '[F4] %s: throws the book away and takes a fresh one; no wrong book between',
    async (fault) => {
      const exchange = await watch([SYMBOL]);
      const unknown = unrecordedBooks(exchange);
      await exchange.fake.play({ speed: 20, untilFrame: 100 });
      exchange.fake.inject(fault);
      await exchange.fake.play({ speed: 20 });
      await exchange.until('the book is true again', () => exchange.showsTruth(SYMBOL));
      await exchange.until('all trades came', allTradesOf(exchange, SYMBOL));
      expect(exchange.losses).toHaveLength(1);
      expect(unknown).toEqual([]);
      expect(exchange.wrongTops).toEqual([]);
      const ids = exchange.trades(SYMBOL).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  it('[F4] shows no wrong book when a hole comes in one rush with what surrounds it', async () => {
    const exchange = await watch([SYMBOL]);
    const unknown = unrecordedBooks(exchange);
    exchange.fake.inject('bookGap');
    await exchange.fake.play({ speed: 'max' });
    await exchange.until('the book is true again', () => exchange.showsTruth(SYMBOL));
    expect(unknown).toEqual([]);
  });

  it('[F5] rejects a broken frame and loses nothing for it', async () => {
    const exchange = await watch([SYMBOL]);
    exchange.fake.inject('malformed');
    await exchange.fake.play({ speed: 20 });
    await exchange.until('all trades came', allTradesOf(exchange, SYMBOL));
    expect(exchange.trades(SYMBOL)).toEqual(exchange.fake.truth.trades(SYMBOL));
    expect(exchange.rejections.length).toBeGreaterThan(0);
    for (const reason of exchange.rejections) expect(reason).toMatch(/^a frame is not valid JSON/);
  });

  it('tells the candles of a stretch, page by page', async () => {
    watched = new WatchedExchange(await startOkx(), [SYMBOL]);
    const from = Date.parse('2022-01-10T00:00:00Z') as EpochMs;
    const to = (from + 700 * 60_000) as EpochMs;
    const candles = await watched.feed.history(watched.id(SYMBOL), '1m', from, to);
    expect(candles).toHaveLength(700);
    expect(candles[0]).toMatchObject({ openTime: from, open: 41_869, isClosed: true });
    expect(candles[0]).toMatchObject({ buyVolume: null, tradeCount: null });
    expect(candles.at(-1)).toMatchObject({ openTime: to - 60_000 });
  });

  it('tells the trades of an outage afterwards, and that none is missing', async () => {
    const exchange = await watch([SYMBOL]);
    await exchange.fake.play({ speed: 'max' });
    const truth = exchange.fake.truth.trades(SYMBOL);
    const [from, to] = [20, 40].map((index) => truth[index]?.time ?? 0) as [EpochMs, EpochMs];
    const backfill = await exchange.feed.backfill(exchange.id(SYMBOL), from, to);
    const missed = truth.filter(({ time }) => time >= from && time <= to);
    expect(backfill).toMatchObject({ ok: true, value: { isComplete: true } });
    const told = backfill.ok ? backfill.value.trades.map(({ id }) => id) : [];
    expect(told).toEqual(missed.map(({ id }) => id));
  });

  it('asks for the time of the exchange', async () => {
    const exchange = await watch([SYMBOL]);
    await exchange.until('two clocks were compared', () => exchange.clockSamples > 0);
  });
});

/** Grows by each book that is shown though none was recorded with its checksum. */
function unrecordedBooks(exchange: WatchedExchange): readonly string[] {
  const recorded = recordedChecksums();
  const unknown: string[] = [];
  exchange.onBook = (symbol, book) => {
    const known = `${symbol} ${checksumOf(symbol, book)}`;
    if (!recorded.has(known)) unknown.push(known);
  };
  return unknown;
}

const recordedChecksums = (): ReadonlySet<string> =>
  new Set(
    readOkxRecording().flatMap((frame) =>
      frame.channel === 'books'
        ? frame.data.map(({ checksum }) => `${symbolOf(frame.instId)} ${checksum}`)
        : [],
    ),
  );

function checksumOf(symbol: string, shown: OrderBook): number {
  const written = (levels: readonly BookLevel[] = []): OkxLevel[] =>
    levels.map(([price, size]) => [
      decimal(price),
      decimal(amountOf(symbol, price, size)),
      '0',
      '1',
    ]);
  const { bids, asks } = shown.snapshot(CHECKED_LEVELS) ?? {};
  const book = new OkxBook();
  book.apply({ bids: written(bids), asks: written(asks) });
  return book.checksum();
}

/** Back from the base currency to what OKX wrote: whole contracts of so many dollars. */
function amountOf(symbol: string, price: number, size: number): number {
  const instrument = OKX_INSTRUMENTS.find((each) => each.symbol === symbol);
  const value = Number(instrument?.details['ctVal'] ?? 0);
  return value === 0 ? size : Math.round((size * price) / value);
}

/** As OKX writes numbers: no exponent, no trailing zeros. */
const decimal = (value: number): string => value.toFixed(8).replace(/\.?0+$/, '');
