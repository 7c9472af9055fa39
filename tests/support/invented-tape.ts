import fc from 'fast-check';
import type { Result } from '#contract/errors.ts';
import { type Candle, type CandleInterval, candleOpenTime, INTERVAL_MS } from '#domain/candle.ts';
import { type InstrumentId, instrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import type { TapeDatabase } from '#main/storage/tape-database.ts';
import { openTapeCursor } from '#main/tape/cursor.ts';
import { TapeRecorder } from '#main/tape/recorder.ts';
import { FakeClock } from '../fakes/fake-clock.ts';

/** Invented tapes for the tests of the tape, and the rule of candles said plainly. */
export const BTC = instrumentId('demo', 'BTC/USDT');
export const START = 1_700_000_000_000;
const UNITS_A_SIZE = 1_000;

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** A trade's place in time, its price in cents and its size in thousandths. */
export interface Sample {
  readonly atMs: number;
  readonly cents: number;
  readonly units: number;
  readonly isSell: boolean;
}

export const tradeOf = ({ atMs, cents, units, isSell }: Sample, index: number): Trade => ({
  instrumentId: BTC,
  id: `t${index}`,
  price: (cents / 100) as Price,
  size: (units / UNITS_A_SIZE) as Size,
  aggressorSide: isSell ? 'sell' : 'buy',
  eventTime: (START + atMs) as EpochMs,
  receivedTime: (START + atMs) as EpochMs,
});

const sample = (longestMs: number): fc.Arbitrary<Sample> =>
  fc.record({
    atMs: fc.integer({ min: 0, max: longestMs }),
    cents: fc.integer({ min: 1, max: 9_999_999 }),
    units: fc.integer({ min: 0, max: 50_000_000 }),
    isSell: fc.boolean(),
  });

/** Stretches that are recorded one after the other, in any order of time, each a block of its own. */
export const stretches: fc.Arbitrary<readonly (readonly Trade[])[]> = fc
  .constantFrom(2_000, 600_000, 40 * INTERVAL_MS['1h'], 30 * INTERVAL_MS['1d'])
  .chain((longestMs) =>
    fc.array(fc.array(sample(longestMs), { minLength: 1, maxLength: 40 }), { maxLength: 6 }),
  )
  .map((samples) => {
    let index = 0;
    return samples.map((part) => part.map((item) => tradeOf(item, index++)));
  });

/** Every stretch but the last is sealed. */
export function record(target: TapeDatabase, parts: readonly (readonly Trade[])[]): void {
  const recorder = new TapeRecorder({
    ...{ store: target, clock: new FakeClock(), onFailure: () => 0, onRecovery: () => 0 },
  });
  parts.forEach((part, index) => {
    if (index > 0)
      recorder.recordGap({ instrumentId: BTC, fromTime: 0, toTime: index, reason: 'test' });
    for (const trade of part) recorder.record(trade);
  });
  unwrap(recorder.dispose());
}

/** In order of time, then of recording. */
export function allTrades(tape: TapeDatabase, id: InstrumentId = BTC): Trade[] {
  const trades: Trade[] = [];
  const cursor = openTapeCursor(tape, id, { fromTime: 0, toTime: Number.MAX_SAFE_INTEGER });
  for (let part = unwrap(cursor.next()); part; part = unwrap(cursor.next())) trades.push(...part);
  return trades;
}

/** Of trades in order of time, then of recording. Volumes add up as integers. */
export function candlesByTheRule(trades: readonly Trade[], interval: CandleInterval): Candle[] {
  const intervalMs = INTERVAL_MS[interval];
  const groups = Map.groupBy(trades, ({ eventTime }) => candleOpenTime(eventTime, interval));
  const units = (group: readonly Trade[]) =>
    group.reduce((total, { size }) => total + Math.round(size * UNITS_A_SIZE), 0) / UNITS_A_SIZE;
  const last = trades.at(-1)?.eventTime ?? 0;
  return [...groups].map(([openTime, group]) => ({
    openTime: openTime as EpochMs,
    open: group[0]?.price as Price,
    high: Math.max(...group.map(({ price }) => price)) as Price,
    low: Math.min(...group.map(({ price }) => price)) as Price,
    close: group.at(-1)?.price as Price,
    volume: units(group),
    buyVolume: units(group.filter(({ aggressorSide }) => aggressorSide === 'buy')),
    tradeCount: group.length,
    isClosed: openTime + intervalMs <= last,
  }));
}
