import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import {
  type Instrument,
  type InstrumentId,
  instrumentId,
  UNKNOWN_TERMS,
} from '#domain/instrument.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { MarketData } from '#main/market/market-data.ts';
import { tellAtOnce } from '#main/market/market-outlet.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { seedMarkets } from './history-seeding.ts';

const BTC = instrumentId('test', 'BTC/USDT');
const ETH = instrumentId('test', 'ETH/USDT');
const START = 1_700_000_100_000;
const MINUTE = 60_000;

const instrument = (id: InstrumentId): Instrument => ({
  ...{ id, exchange: 'test', symbol: id.slice(5), base: 'X', quote: 'USDT' },
  ...{ priceIncrement: 0.1, sizeIncrement: 0.1 },
  ...UNKNOWN_TERMS,
});
const candle = (openTime: number, at: number): Candle => {
  const price = at as Price;
  return {
    ...{ openTime: openTime as EpochMs, open: price, high: price, low: price, close: price },
    ...{ volume: 1, buyVolume: 1, tradeCount: 1, isClosed: true },
  };
};

type History = (id: InstrumentId, interval: CandleInterval) => Promise<readonly Candle[]>;

function setUp(history?: History) {
  const clock = new FakeClock(START);
  const market = new MarketData(tellAtOnce(() => undefined));
  const failures: unknown[] = [];
  const rooms = { market, clock, onFailure: (error: unknown) => failures.push(error) };
  const seeded = seedMarkets(history ? { history } : {}, [BTC, ETH].map(instrument), rooms);
  const closes = (id: InstrumentId) =>
    market
      .of(id)
      .candles('1m', 10)
      .map(({ close }) => close);
  const trade = (offsetMs: number, price: number) => {
    const time = (START + offsetMs) as EpochMs;
    const sizes = { size: 1 as Size, aggressorSide: 'buy' as const };
    market.apply({
      kind: 'trade',
      trade: {
        ...{ instrumentId: BTC, id: String(offsetMs), price: price as Price, ...sizes },
        ...{ eventTime: time, receivedTime: time },
      },
    });
  };
  return { clock, market, failures, seeded, closes, trade };
}

describe('seedMarkets', () => {
  it('does without where the exchange keeps no past', async () => {
    const { seeded, closes, clock } = setUp();
    await seeded;
    expect([closes(BTC), clock.pendingTimers]).toEqual([[], 0]);
  });

  it('fills what it can: one instrument whose past cannot be had does not cost the others theirs', async () => {
    const problem = new Error('no answer');
    const { seeded, closes, failures } = setUp(async (id, interval) => {
      if (id === BTC) throw problem;
      return interval === '1m' ? [candle(START - MINUTE, 100)] : [];
    });
    await seeded;
    expect([closes(BTC), closes(ETH), failures]).toEqual([[], [100], [problem]]);
  });

  it('does not keep live data waiting; a past that comes late is put in front of them', async () => {
    const answers: (() => void)[] = [];
    const { clock, market, seeded, closes, trade } = setUp(
      (_, interval) =>
        new Promise((resolve) => {
          const minutes = [candle(START - 2 * MINUTE, 80), candle(START - MINUTE, 81)];
          answers.push(() => resolve(interval === '1m' ? minutes : []));
        }),
    );
    clock.advance(2_000);
    await seeded;
    trade(1_000, 100);
    for (let i = 0; i < answers.length; i++) {
      answers[i]?.();
      await nextTurn();
    }
    expect(closes(BTC)).toEqual([80, 81, 100]);
    expect(market.of(BTC).ticker()).toMatchObject({ lastPrice: 100, lowPrice: 80 });
  });

  it('makes candles of days and weeks whole: of minutes, and of the days before them', async () => {
    const day = 1_440 * MINUTE;
    const today = START - (START % day);
    const { market, seeded, trade } = setUp(async (_, interval) => {
      if (interval === '1s') return [];
      if (interval === '1d') return [3, 2, 1].map((back) => candle(today - back * day, 10 * back));
      return [candle(START - day, 1), candle(today, 2), candle(START - MINUTE, 3)];
    });
    await seeded;
    await nextTurn();
    trade(0, 50);
    const [days, weeks, hours] = (['1d', '1w', '4h'] as const).map((interval) =>
      market.of(BTC).candles(interval, 10),
    );
    // START is a Tuesday: yesterday is of this week, the two days before are of the last one.
    expect(days?.map(({ close, volume }) => [close, volume])).toEqual([
      ...[30, 20, 10].map((close) => [close, 1]),
      [50, 3],
    ]);
    expect(weeks).toMatchObject([
      { open: 30, close: 20, volume: 2, isClosed: true },
      { open: 10, low: 2, close: 50, volume: 4, isClosed: false },
    ]);
    expect(hours?.[0]?.openTime).toBe(today);
  });

  it('does not give a market that began anew the past of the one before', async () => {
    let answer: () => void = () => undefined;
    const { clock, market, seeded, closes } = setUp(
      () =>
        new Promise((resolve) => {
          answer = () => resolve([candle(START - MINUTE, 80)]);
        }),
    );
    clock.advance(2_000);
    await seeded;
    market.of(ETH).reset();
    answer();
    await nextTurn();
    answer();
    await nextTurn();
    expect(closes(ETH)).toEqual([]);
  });
});
