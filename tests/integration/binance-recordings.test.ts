import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrderBook } from '#domain/order-book.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { InstrumentMarket } from '#main/market/instrument-market.ts';
import { tellAtOnce } from '#main/market/market-outlet.ts';
import { startBinanceFourPairs } from '#tests/fakes/exchanges/binance/binance-exchange.ts';
import { EXCHANGE_RECORDINGS, hasRecordings, needsRecordings } from '#tests/support/recordings.ts';
import { WatchedExchange } from '../support/watched-exchange.ts';

const PAIRS = {
  NKNUSDT: 'NKN/USDT',
  BLZETH: 'BLZ/ETH',
  LRCBTC: 'LRC/BTC',
  RUNEEUR: 'RUNE/EUR',
} as const;
type PairId = keyof typeof PAIRS;
/** Trades, book and quotes of each. */
const SUBSCRIPTIONS = 12;
const MINUTE_MS = 60_000;

/** A line of the file by the shortest way, sharing no code with the fake that plays it. */
interface Told {
  readonly stream: string;
  readonly symbol: (typeof PAIRS)[PairId];
  readonly data: Record<string, unknown> & { readonly s: PairId };
}

function recordedFrames(): Told[] {
  return readFileSync(join(EXCHANGE_RECORDINGS, 'BINANCE.ws.1.0'), 'utf8')
    .split('\n')
    .filter((line) => line.includes(': {"stream"'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))))
    .map(({ stream, data }) => ({
      stream: stream.split('@')[1],
      symbol: PAIRS[data.s as PairId],
      data,
    }));
}

const topText = (...top: readonly unknown[]): string => top.map(Number).join(' ');
const topOf = (book: OrderBook): string => topText(...[book.best('buy'), book.best('sell')].flat());

/** Some updates only say again what is known: no new state of the book comes of them. */
class RestatedLevels {
  readonly #sizes = new Map<string, string>();

  /** Whether an update, one after the other, says anything new. */
  note({ s, b, a }: Told['data']): boolean {
    const told = { b, a } as Record<string, [price: string, size: string][]>;
    const keys = Object.entries(told).flatMap(([side, levels]) =>
      levels.map(([price, size]) => [`${s} ${side} ${price}`, size] as const),
    );
    const isNew = keys.some(([key, size]) => this.#sizes.get(key) !== size);
    for (const [key, size] of keys) this.#sizes.set(key, size);
    return isNew;
  }
}

describe.skipIf(!hasRecordings)(`Binance's recording of four pairs${needsRecordings}`, () => {
  let exchange: WatchedExchange;
  beforeEach(async () => {
    exchange = new WatchedExchange(
      await startBinanceFourPairs(EXCHANGE_RECORDINGS),
      Object.values(PAIRS),
    );
    await exchange.startUntilSubscribed(SUBSCRIPTIONS);
  });
  afterEach(() => exchange.close());

  it('[F1] [F4] comes through one feed as it was: 2 trades, 84 quotes, 26 book tops like bookTicker', async () => {
    const frames = recordedFrames();
    const tickers = frames.filter(({ stream }) => stream === 'bookTicker');
    const oracle = new Map(
      tickers.map(({ data: { s, u, b, B, a, A } }) => [`${s} ${u}`, topText(b, B, a, A)]),
    );
    const shown = new Map<string, { readonly sequence: number; readonly top: string }>();
    exchange.onBook = (symbol, book) =>
      void shown.set(symbol, { sequence: book.sequence ?? -1, top: topOf(book) });
    await exchange.until('every book is there', () =>
      Object.values(PAIRS).every((symbol) => exchange.top(symbol) !== undefined),
    );
    const compared: [told: string | undefined, expected: string | undefined][] = [];
    const levels = new RestatedLevels();
    const quotesBefore = exchange.quotes;
    let quotes = 0;
    for (const [index, { stream, symbol, data }] of frames.entries()) {
      await exchange.fake.play({ speed: 'max', untilFrame: index + 1 });
      const key = `${data.s} ${data['u']}`;
      if (stream === 'bookTicker') {
        quotes++;
        await exchange.until(`quote ${key} came`, () => exchange.quotes === quotesBefore + quotes);
      }
      if (stream !== 'depth') continue;
      const changesSomething = levels.note(data);
      // One state at a time where the oracle knows it: those between may come together.
      if (!oracle.has(key)) continue;
      if (changesSomething) {
        await exchange.until(
          `book ${key} is shown`,
          () => shown.get(symbol)?.sequence === data['u'],
        );
      }
      compared.push([shown.get(symbol)?.top, oracle.get(key)]);
    }
    expect(frames).toHaveLength(exchange.fake.frameCount);
    expect([quotes, tickers.length]).toEqual([84, 84]);
    expect(compared).toHaveLength(26);
    for (const [told, expected] of compared) expect(told).toBe(expected);
    await exchange.until('the books are the last ones', () =>
      Object.values(PAIRS).every((symbol) => exchange.showsTruth(symbol)),
    );
    expectEveryAggregate(frames);
    expect(exchange.wrongTops).toEqual([]);
    expect(exchange.losses).toEqual([]);
    expect(exchange.rejections).toEqual([]);
  });

  it('[F1] [F4] at full speed shows no other book and loses no trade either', async () => {
    await exchange.fake.play({ speed: 'max' });
    await exchange.until('the books are the last ones', () =>
      Object.values(PAIRS).every((symbol) => exchange.showsTruth(symbol)),
    );
    await exchange.until('both trades came', () => tradeCount() === 2);
    expectEveryAggregate(recordedFrames());
    expect([exchange.wrongTops, exchange.losses, exchange.rejections]).toEqual([[], [], []]);
  });

  it('[F3] asked for the past, tells the aggregated trades by the ids that they had live', async () => {
    await exchange.fake.play({ speed: 'max' });
    await exchange.until('both trades came', () => tradeCount() === 2);
    for (const symbol of [PAIRS.NKNUSDT, PAIRS.LRCBTC]) {
      const [live] = exchange.trades(symbol);
      const time = live?.time ?? 0;
      const answer = await exchange.feed.backfill(
        exchange.id(symbol),
        (time - MINUTE_MS) as EpochMs,
        (time + MINUTE_MS) as EpochMs,
      );
      // One trade proves nothing of what came before and after it.
      expect(answer).toMatchObject({
        ok: true,
        value: { isComplete: false, trades: [{ id: live?.id, price: live?.price }] },
      });
    }
  });

  it('no minute lies wholly in it; of LRC/BTC’s, all trades so far do, and our candle is Binance’s', async () => {
    const frames = recordedFrames();
    const klines = frames.filter(({ stream }) => stream === 'kline_1m');
    expect(klines).toHaveLength(2);
    const kline = klines
      .map(({ data, symbol }) => ({ symbol, ...(data['k'] as Record<string, number>) }))
      .find(({ symbol }) => symbol === PAIRS.LRCBTC) as Record<string, unknown>;
    expect(klines.every(({ data }) => (data['k'] as { x: boolean }).x)).toBe(false);
    await exchange.fake.play({ speed: 'max' });
    await exchange.until('both trades came', () => tradeCount() === 2);
    const id = exchange.id(PAIRS.LRCBTC);
    const market = new InstrumentMarket(
      id,
      tellAtOnce(() => undefined),
    );
    for (const { price, size, time, ...trade } of exchange.trades(PAIRS.LRCBTC)) {
      market.apply({
        kind: 'trade',
        trade: {
          ...{ ...trade, instrumentId: id, price: price as Price, size: size as Size },
          ...{ eventTime: time as EpochMs, receivedTime: time as EpochMs },
        },
      });
    }
    expect(market.candles('1m', 1)[0]).toMatchObject({
      openTime: kline['t'],
      open: Number(kline['o']),
      high: Number(kline['h']),
      low: Number(kline['l']),
      close: Number(kline['c']),
      volume: Number(kline['v']),
      buyVolume: Number(kline['V']),
      tradeCount: kline['n'],
      isClosed: kline['x'],
    });
  });

  const tradeCount = () =>
    Object.values(PAIRS).reduce((count, symbol) => count + exchange.trades(symbol).length, 0);

  /** Once each, in their order, by `a`; `m`: the buyer was the maker, so the aggressor sold. */
  function expectEveryAggregate(frames: readonly Told[]): void {
    for (const symbol of Object.values(PAIRS)) {
      const expected = frames
        .filter((frame) => frame.stream === 'aggTrade' && frame.symbol === symbol)
        .map(({ data }) => ({
          id: String(data['a']),
          price: Number(data['p']),
          size: Number(data['q']),
          aggressorSide: data['m'] === true ? 'sell' : 'buy',
          time: data['T'],
        }));
      expect(exchange.trades(symbol)).toEqual(expected);
    }
    expect(tradeCount()).toBe(2);
  }
});
