import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import type { EpochMs, Price } from '#domain/units.ts';
import { MOST_ROWS } from './candle-rows.ts';
import type { HeldCandle } from './growing-candle.ts';
import { HeldCandles } from './held-candles.ts';

const START = 1_700_000_000_000;
const BYTES_A_CANDLE = 81;

/** One that opened so many milliseconds after the start. */
type Told = (openedAfterMs: number) => HeldCandle;

const price = fc.double({ min: -1e9, max: 1e9, noNaN: true }) as fc.Arbitrary<Price>;
const volume = fc.double({ min: 0, max: 1e12, noNaN: true });
const told: fc.Arbitrary<Told> = fc
  .record({
    ...{ open: price, high: price, low: price, close: price, volume, isClosed: fc.boolean() },
    ...{ buyVolume: fc.option(volume), tradeCount: fc.option(fc.maxSafeNat()) },
    openedAt: fc.double({ min: START, max: 2 * START, noNaN: true }),
    closedAt: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat()),
  })
  .map(({ openedAt, closedAt, ...candle }) => (openedAfterMs) => ({
    candle: { ...candle, openTime: (START + openedAfterMs) as EpochMs },
    ...{ openedAt, closedAt },
  }));

const share = fc.double({ min: 0, max: 1, noNaN: true });
const part = (length: number, of: number) => Math.floor(of * length);

/** What is done: at which place, as a share of the length. */
const change = fc.record({
  what: fc.constantFrom('push', 'push', 'insert', 'put', 'cut', 'keep', 'clear' as const),
  place: share,
  count: fc.nat({ max: 2 * MOST_ROWS }),
  told,
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** To candles that are kept as numbers, and to an array of them. */
function make({ what, place, count, told }: Change, candles: HeldCandles, plain: HeldCandle[]) {
  const index = part(plain.length, place);
  const known = plain[index];
  const afterMs = (one: HeldCandle | undefined) => (one ? one.candle.openTime - START : 0);
  switch (what) {
    case 'push':
      for (let more = 0; more < count; more++) {
        const next = told(afterMs(plain.at(-1)) + 1_000);
        candles.push(next);
        plain.push(next);
      }
      break;
    case 'insert': {
      if (!known) break;
      const between = told((afterMs(plain[index - 1]) + afterMs(known)) / 2);
      candles.insert(index, between);
      plain.splice(index, 0, between);
      break;
    }
    case 'put': {
      if (!known) break;
      const changed = told(afterMs(known));
      candles.put(index, changed);
      plain[index] = changed;
      break;
    }
    case 'cut':
      expect(candles.cutFrom(index)).toStrictEqual(plain.splice(index));
      break;
    case 'keep':
      candles.keepNewest(index);
      plain.splice(0, plain.length - index);
      break;
    case 'clear':
      candles.clear();
      plain.length = 0;
  }
}

function statisticsOf(candles: readonly Candle[]) {
  const [first] = candles;
  if (!first) return null;
  return {
    openPrice: first.open,
    highPrice: Math.max(...candles.map(({ high }) => high)),
    lowPrice: Math.min(...candles.map(({ low }) => low)),
    volume: candles.reduce((sum, candle) => sum + candle.volume, 0),
  };
}

const sampled = (count: number) => fc.sample(told, { numRuns: count, seed: 1 });

describe('HeldCandles', () => {
  it('hold what an array would, to the last digit and in the same order', () => {
    const changes = fc.array(change, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(changes, fc.tuple(share, share), (made, shares) => {
        const candles = new HeldCandles();
        const plain: HeldCandle[] = [];
        for (const one of made) make(one, candles, plain);
        const { length } = plain;
        const all = plain.map(({ candle }) => candle);
        expect(candles.length).toBe(length);
        expect(plain.map((_, index) => candles.held(index))).toStrictEqual(plain);
        expect(candles.list(0, length)).toStrictEqual(all);
        expect(candles.candle(0)).toStrictEqual(all[0]);
        expect(candles.candle(length)).toBeUndefined();
        const [from = 0, to = 0] = shares.map((of) => part(length, of)).sort((a, b) => a - b);
        expect(candles.list(from, to)).toStrictEqual(all.slice(from, to));
        const timeOf = (index: number) => all[index]?.openTime ?? Number.POSITIVE_INFINITY;
        const fromTime = timeOf(from);
        expect(candles.firstSince(fromTime)).toBe(from);
        expect(candles.firstSince(fromTime + 0.001)).toBe(Math.min(from + 1, length));
        expect(candles.statistics(fromTime, timeOf(to))).toEqual(statisticsOf(all.slice(from, to)));
      }),
    );
  });

  it('give copies: what was given away stays as it was', () => {
    const candles = new HeldCandles();
    const [first, second] = sampled(2).map((one) => one(0));
    if (!first || !second) throw new Error('two were sampled');
    candles.push(first);
    const given = candles.list(0, 1);
    candles.put(0, second);
    expect(given).toEqual([first.candle]);
    expect(candles.list(0, 1)).toEqual([second.candle]);
  });

  it('take 81 bytes a candle, and let go of the memory of those that are cut off', () => {
    const taken = (count: number, kept = count) => {
      const candles = new HeldCandles();
      for (const one of sampled(1)) for (let at = 0; at < count; at++) candles.push(one(at));
      candles.keepNewest(kept);
      return candles.bytes / BYTES_A_CANDLE;
    };
    expect(taken(16)).toBe(16);
    expect(taken(17)).toBe(32);
    expect(taken(3_600)).toBeLessThan(3_600 + MOST_ROWS);
    expect(taken(10_000, 5_000)).toBeLessThan(5_000 + 2 * MOST_ROWS);
  });
});
