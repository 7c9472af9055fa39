import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CANDLE_INTERVALS, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import {
  allTrades,
  BTC,
  candlesByTheRule,
  record,
  START,
  stretches,
  tradeOf,
  unwrap,
} from '#tests/support/invented-tape.ts';
import { openTapeDatabase, type TapeDatabase } from '../storage/tape-database.ts';
import { type CandleQuery, candlesOfTrades, readTapeCandles } from './candles.ts';

const EVERYTHING = { fromTime: 0, toTime: Number.MAX_SAFE_INTEGER };

describe('readTapeCandles', () => {
  let tape: TapeDatabase;
  beforeEach(() => {
    tape = unwrap(openTapeDatabase(':memory:'));
  });
  afterEach(() => tape.close());

  const read = (interval: CandleInterval, query: Partial<CandleQuery> = {}) =>
    unwrap(readTapeCandles(tape, BTC, interval, { limit: 1_000_000, ...query }));

  it('[T4] equals the candles of the trades, at every interval, of any tape', () => {
    fc.assert(
      fc.property(
        stretches,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 1_000 }),
        (parts, limit, place) => {
          const fresh = unwrap(openTapeDatabase(':memory:'));
          record(fresh, parts);
          const trades = allTrades(fresh);
          for (const interval of CANDLE_INTERVALS) {
            const expected = candlesByTheRule(trades, interval);
            const all = readTapeCandles(fresh, BTC, interval, { limit: 1_000_000 });
            expect(unwrap(all)).toEqual(expected);
            const newest = readTapeCandles(fresh, BTC, interval, { limit });
            expect(unwrap(newest)).toEqual(expected.slice(-limit));
            const before = expected[place % (expected.length + 1)]?.openTime;
            if (before === undefined) continue;
            const older = expected.filter(({ openTime }) => openTime < before);
            expect(unwrap(readTapeCandles(fresh, BTC, interval, { limit, before }))).toEqual(
              older.slice(-limit),
            );
            const fromTime = (before + 1) as EpochMs;
            expect(
              unwrap(readTapeCandles(fresh, BTC, interval, { limit: 1_000_000, fromTime })),
            ).toEqual(expected.filter(({ openTime }) => openTime >= fromTime));
          }
          const minutes = unwrap(candlesOfTrades(fresh, BTC, INTERVAL_MS['1m'], EVERYTHING));
          expect(minutes.map(({ openTime, volume }) => [openTime, volume])).toEqual(
            candlesByTheRule(trades, '1m').map(({ openTime, volume }) => [openTime, volume]),
          );
          fresh.close();
        },
      ),
      { numRuns: 60 },
    );
  }, 30_000);

  it('[T4] opens a year of days without reading a block of it', () => {
    const perDay = 40;
    const days = Array.from({ length: 365 }, (_, day) =>
      Array.from({ length: perDay }, (_, index) =>
        tradeOf(
          {
            atMs: day * INTERVAL_MS['1d'] + index * 100,
            cents: 100 + index,
            units: 1,
            isSell: false,
          },
          day * perDay + index,
        ),
      ),
    );
    record(tape, days);
    let blocksRead = 0;
    const counted = {
      ...tape,
      blockBytes: (...asked: Parameters<TapeDatabase['blockBytes']>) => {
        blocksRead++;
        return tape.blockBytes(...asked);
      },
    };
    const candles = unwrap(readTapeCandles(counted, BTC, '1d', { limit: 500 }));
    expect(candles).toHaveLength(365);
    expect(candles.every(({ tradeCount }) => tradeCount === perDay)).toBe(true);
    // Only the open block, which changes with each flush.
    expect(blocksRead).toBe(1);
  });

  it('shows what is in the open block', () => {
    record(tape, [[tradeOf({ atMs: 5, cents: 100, units: 7, isSell: true }, 1)]]);
    expect(read('1m')).toMatchObject([{ volume: 0.007, buyVolume: 0, isClosed: false }]);
    expect(unwrap(tape.instruments())).toMatchObject([{ tradeCount: 1, lastTime: START + 5 }]);
  });

  it('knows nothing of an instrument that is not on the tape', () => {
    expect(read('1h')).toEqual([]);
    expect(unwrap(tape.lastTime(BTC))).toBeNull();
  });

  it('counts the trades of an instrument by its candles', () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      tradeOf({ atMs: index * 50, cents: 100, units: 1, isSell: false }, index),
    );
    record(tape, [many]);
    expect(unwrap(tape.tradeCount(BTC))).toBe(10_000);
    expect(unwrap(tape.instruments())).toEqual([
      { instrumentId: BTC, tradeCount: 10_000, firstTime: START, lastTime: START + 9_999 * 50 },
    ]);
  });
});
