import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { MarketEvent } from '#domain/market-event.ts';
import { OrderBook } from '#domain/order-book.ts';
import type { EpochMs } from '#domain/units.ts';
import {
  startBinanceSpot,
  startBinanceUsdm,
} from '#tests/fakes/exchanges/binance/binance-exchange.ts';
import type { FakeExchange } from '#tests/fakes/exchanges/fake-exchange.ts';
import { SupervisedExchange } from '#tests/fakes/exchanges/supervised-exchange.ts';
import { BINANCE_RECORDINGS, hasRecordings, needsRecordings } from '#tests/support/recordings.ts';
import { WatchedExchange } from '../support/watched-exchange.ts';

/** A recording at 40 times its pace takes nine seconds, and a busy machine ten times that. */
const PLAY_MS = 90_000;
/** Trades, book and quotes. */
const STREAMS = 3;
/** And liquidations. */
const STREAMS_OF_CONTRACTS = 4;

interface Case {
  readonly name: string;
  readonly start: () => Promise<FakeExchange>;
  readonly file: string;
  readonly trades: number;
  readonly streams: number;
}

const CASES: readonly Case[] = [
  {
    name: 'spot BTC/USDT',
    start: () => startBinanceSpot(BINANCE_RECORDINGS),
    file: 'spot-btcusdt.gz',
    trades: 9_757,
    streams: STREAMS,
  },
  {
    name: 'USD-M BTC/USDT:USDT',
    start: () => startBinanceUsdm(BINANCE_RECORDINGS),
    file: 'usdm-btcusdt.gz',
    trades: 21_313,
    streams: STREAMS_OF_CONTRACTS,
  },
];

describe.skipIf(!hasRecordings)(`Binance${needsRecordings}`, () => {
  let watched: SupervisedExchange | WatchedExchange | undefined;
  afterEach(async () => {
    await watched?.close();
    watched = undefined;
  });

  it.each(CASES)(
    '[F1] [F4] $name comes through feed and supervisor as it was: $trades trades, books that were',
    async ({ start, file, trades, streams }) => {
      const fake = await start();
      const supervised = await SupervisedExchange.start(fake);
      watched = supervised;
      await fake.subscribed(streams);
      await supervised.until('the book is there', () => supervised.hasBooks);
      await fake.play({ speed: 40 });
      await supervised.until('all trades came', () => supervised.hasAllTrades, PLAY_MS);
      await supervised.until('the book is the last one', () => supervised.hasTrueBooks);
      expect(fake.truth.trades(fake.symbols[0] ?? '')).toHaveLength(trades);
      expect([...supervised.trades.values()].flat()).toHaveLength(trades);
      expect(supervised.status.rejected).toBe(0);
      expect(supervised.count('bookLost')).toBe(0);
      expect(supervised.lies).toEqual([]);
      const compared = compareWithOracle(supervised.events, oracleOf(file));
      expect(compared.different).toEqual([]);
      // A busy machine is told fewer states of the book, all of them real: rushes become one event.
      expect(compared.equal).toBeGreaterThan(5);
    },
  );

  it('[F1] two instruments share a feed: each trade of both, once and in order', async () => {
    const fake = await startBinanceSpot(BINANCE_RECORDINGS, { symbols: ['BTC/USDT', 'ETH/USDT'] });
    const supervised = await SupervisedExchange.start(fake);
    watched = supervised;
    await fake.subscribed(2 * STREAMS);
    await fake.play({ speed: 60 });
    await supervised.until('all trades came', () => supervised.hasAllTrades);
    expect([...supervised.trades.values()].flat()).toHaveLength(9_757 + 6_106);
    expect(supervised.status.rejected).toBe(0);
  });

  it('loses none of a burst: 5,000 trades as fast as the socket takes them', async () => {
    const exchange = await watch(await startBinanceUsdm(BINANCE_RECORDINGS));
    const [symbol = ''] = exchange.fake.symbols;
    const truth = () => exchange.fake.truth.trades(symbol);
    for (let frame = 2_000; truth().length < 5_000; frame += 2_000) {
      await exchange.fake.play({ speed: 'max', untilFrame: frame });
    }
    await exchange.until('all trades came', () => exchange.trades(symbol).length >= truth().length);
    expect(exchange.trades(symbol)).toEqual(truth());
  });

  it('[F1] tells the liquidations of a perpetual whole, also those of one moment', async () => {
    const symbol = 'BTC/USDT:USDT';
    const exchange = await watch(await startBinanceUsdm(BINANCE_RECORDINGS), STREAMS_OF_CONTRACTS);
    const offered = await exchange.feed.instruments();
    expect(offered.ok && offered.value.map((one) => one.tellsLiquidations)).toEqual([true]);
    const time = 1_723_118_400_000;
    const orders = [
      { side: 'sell', price: 59_000.5, size: 1.437, time },
      { side: 'buy', price: 59_010, size: 0.02, time: time + 1 },
    ] as const;
    exchange.fake.liquidate?.(symbol, orders);
    await exchange.until('both came', () => exchange.liquidations.length >= 2);
    expect(exchange.liquidations).toEqual(
      orders.map(({ time: eventTime, ...order }) => ({
        ...order,
        ...{ instrumentId: exchange.id(symbol), eventTime, receivedTime: expect.any(Number) },
      })),
    );
    expect(exchange.rejections).toEqual([]);
  });

  it.each(['bookGap', 'outOfOrder'] as const)(
    '[F4] %s: throws the book away, says so, and has a true one again',
    async (fault) => {
      const exchange = await watch(await startBinanceSpot(BINANCE_RECORDINGS));
      await exchange.fake.play({ speed: 60, untilFrame: 6_000 });
      // Its snapshot is asked for beside the stream, and a busy machine may still wait for it.
      await exchange.until('the book is true', () => exchange.showsTruth('BTC/USDT'));
      exchange.fake.inject(fault);
      await exchange.fake.play({ speed: 60, untilFrame: 12_000 });
      await exchange.until('the book is true again', () => exchange.showsTruth('BTC/USDT'));
      expect(exchange.losses.length).toBeGreaterThan(0);
      expect(exchange.wrongTops).toEqual([]);
    },
  );

  it('[F4] has a true book again though the market falls silent right after the loss', async () => {
    const exchange = await watch(await startBinanceSpot(BINANCE_RECORDINGS));
    await exchange.fake.play({ speed: 60, untilFrame: 6_000 });
    await exchange.until('the book is true', () => exchange.showsTruth('BTC/USDT'));
    // In one go: what does not fit comes together with what did, while nobody waits for news.
    const before = exchange.fake.play({ speed: 'max', untilFrame: 6_050 });
    exchange.fake.inject('bookGap');
    await Promise.all([before, exchange.fake.play({ speed: 'max', untilFrame: 6_100 })]);
    await exchange.until('the book was lost', () => exchange.losses.length > 0);
    await exchange.until('the book is true again', () => exchange.showsTruth('BTC/USDT'));
    expect(exchange.wrongTops).toEqual([]);
  });

  it('[F5] tells a trade that came twice once, and rejects a broken frame', async () => {
    const exchange = await watch(await startBinanceSpot(BINANCE_RECORDINGS));
    exchange.fake.inject('duplicate');
    exchange.fake.inject('malformed');
    await exchange.fake.play({ speed: 60, untilFrame: 3_000 });
    const truth = exchange.fake.truth.trades('BTC/USDT');
    await exchange.until(
      'all trades came',
      () => exchange.trades('BTC/USDT').length >= truth.length,
    );
    expect(exchange.trades('BTC/USDT')).toEqual(truth);
    expect(exchange.rejections).toEqual([expect.stringContaining('not valid JSON')]);
    expect(exchange.wrongTops).toEqual([]);
  });

  it('[F3] after a reset it connects again, and the outage is filled from the exchange', async () => {
    const fake = await startBinanceSpot(BINANCE_RECORDINGS, { timeline: 'present' });
    const supervised = await SupervisedExchange.start(fake);
    watched = supervised;
    await fake.subscribed(STREAMS);
    await fake.play({ speed: 60, untilFrame: 6_000 });
    fake.inject('reset');
    await fake.play({ speed: 60, untilFrame: 7_000 });
    await supervised.until('it is back', () => supervised.hasBooks && fake.connections > 0);
    await fake.subscribed(STREAMS);
    await fake.play({ speed: 60, untilFrame: 9_000 });
    const known = () => {
      const backfilled = supervised.events.flatMap((event) =>
        event.kind === 'backfill' ? event.trades : [],
      );
      const live = [...supervised.trades.values()].flat();
      return new Set([...live, ...backfilled].map(({ id }) => id)).size;
    };
    const all = fake.truth.trades('BTC/USDT').length;
    await supervised.until('nothing is missing', () => known() === all);
    expect(supervised.status.reconnects).toBe(1);
    expect(supervised.lies).toEqual([]);
  });

  it('tells candles with who bought, and the trades of a stretch with whether they are all', async () => {
    const exchange = await watch(await startBinanceSpot(BINANCE_RECORDINGS));
    await exchange.fake.play({ speed: 'max' });
    const truth = exchange.fake.truth.trades('BTC/USDT');
    const first = truth[0]?.time ?? 0;
    const from = (first - (first % 60_000) + 60_000) as EpochMs;
    const to = (from + 3 * 60_000) as EpochMs;
    const id = exchange.id('BTC/USDT');
    const candles = await exchange.feed.history(id, '1m', from, to);
    expect(candles.map(({ openTime }) => openTime)).toEqual([from, from + 60_000, from + 120_000]);
    const inside = truth.filter(({ time }) => time >= from && time < from + 60_000);
    const bought = inside.filter(({ aggressorSide }) => aggressorSide === 'buy');
    expect(candles[0]?.tradeCount).toBe(inside.length);
    expect(candles[0]?.buyVolume).toBeCloseTo(
      bought.reduce((sum, { size }) => sum + size, 0),
      6,
    );
    const missed = truth.filter(({ time }) => time >= from && time <= to);
    const backfill = await exchange.feed.backfill(id, from, to);
    expect(backfill).toMatchObject({ ok: true, value: { isComplete: true } });
    expect(backfill.ok && backfill.value.trades.map((trade) => trade.id)).toEqual(
      missed.map((trade) => trade.id),
    );
  });

  it('names what is wrong with an instrument', async () => {
    const fake = await startBinanceSpot(BINANCE_RECORDINGS);
    const exchange = new WatchedExchange(fake, ['BTC/USDC']);
    watched = exchange;
    expect(await exchange.feed.instruments()).toEqual({
      ok: false,
      error: {
        code: 'unknown_instrument',
        message: 'binance has no market BTC/USDC. Did you mean BTC/USDT?',
      },
    });
  });

  it('[F3] goes on with what is left where one of its instruments is no longer listed', async () => {
    const fake = await startBinanceSpot(BINANCE_RECORDINGS);
    const exchange = new WatchedExchange(fake, ['LUNA/USDT', 'BTC/USDT']);
    watched = exchange;
    expect(await exchange.feed.remaining()).toMatchObject({
      ok: true,
      value: {
        instruments: [{ id: 'binance:BTC/USDT' }],
        missing: [expect.stringContaining('binance has no market LUNA/USDT.')],
      },
    });
    expect(await exchange.feed.instruments()).toMatchObject({ value: [{ symbol: 'BTC/USDT' }] });
  });

  async function watch(fake: FakeExchange, streams = STREAMS): Promise<WatchedExchange> {
    const exchange = new WatchedExchange(fake, fake.symbols);
    watched = exchange;
    exchange.start();
    await fake.subscribed(streams);
    return exchange;
  }
});

/** By update id: what `bookTicker` says that the best prices and sizes were. */
function oracleOf(file: string): ReadonlyMap<number, string> {
  const oracle = new Map<number, string>();
  const text = gunzipSync(readFileSync(`${BINANCE_RECORDINGS}/${file}`)).toString('utf8');
  const line =
    /@bookTicker","data":\{.*"u":(\d+),.*"b":"([^"]+)","B":"([^"]+)","a":"([^"]+)","A":"([^"]+)"/;
  for (const row of text.split('\n')) {
    const [, id, ...top] = line.exec(row) ?? [];
    if (id !== undefined) oracle.set(Number(id), top.map(Number).join(' '));
  }
  return oracle;
}

/** The books that were told, at each update id that the oracle names as well. */
function compareWithOracle(
  events: readonly MarketEvent[],
  oracle: ReadonlyMap<number, string>,
): { equal: number; different: string[] } {
  let book: OrderBook | undefined;
  let equal = 0;
  const different: string[] = [];
  for (const event of events) {
    if (event.kind === 'bookSnapshot') {
      book ??= new OrderBook(event.snapshot.instrumentId);
      book.applySnapshot(event.snapshot);
    } else if (event.kind === 'bookDelta') {
      book?.applyDelta(event.delta);
    } else {
      continue;
    }
    const expected = oracle.get(book?.sequence ?? -1);
    if (expected === undefined) continue;
    const told = [book?.best('buy'), book?.best('sell')].flat().join(' ');
    if (told === expected) equal++;
    else different.push(`${book?.sequence}: ${told}, not ${expected}`);
  }
  return { equal, different };
}
