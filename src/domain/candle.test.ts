import { describe, expect, it } from 'vitest';
import {
  CANDLE_INTERVALS,
  candleOpenTime,
  INTERVAL_MS,
  intervalStart,
  intervalStartFrom,
  plainCandle,
} from './candle.ts';
import type { EpochMs, Price } from './units.ts';

const at = (text: string) => Date.parse(text) as EpochMs;

describe('candleOpenTime', () => {
  it('opens weeks on Monday at midnight UTC, before the first Monday of the epoch as well', () => {
    const monday = at('2024-03-11T00:00:00Z');
    expect(candleOpenTime(monday, '1w')).toBe(monday);
    expect(candleOpenTime(at('2024-03-17T23:59:59.999Z'), '1w')).toBe(monday);
    expect(candleOpenTime(at('2024-03-18T00:00:00Z'), '1w')).toBe(at('2024-03-18T00:00:00Z'));
    expect(candleOpenTime(at('1970-01-01T12:00:00Z'), '1w')).toBe(at('1969-12-29T00:00:00Z'));
  });

  it.each(CANDLE_INTERVALS)('holds every time in the %s that opened last', (interval) => {
    const lengthMs = INTERVAL_MS[interval];
    for (const time of [at('2024-03-14T13:37:42.123Z'), at('2024-02-29T23:59:59.999Z')]) {
      const openTime = candleOpenTime(time, interval);
      expect(openTime).toBeLessThanOrEqual(time);
      expect(time - openTime).toBeLessThan(lengthMs);
      expect(candleOpenTime(openTime, interval)).toBe(openTime);
      expect(candleOpenTime((openTime - 1) as EpochMs, interval)).toBe(openTime - lengthMs);
    }
  });
});

it('a candle is told without the noise of sums', () => {
  const candle = {
    ...{
      openTime: at('2024-03-14T13:37:00Z'),
      open: 1 as Price,
      high: 3 as Price,
      low: 1 as Price,
    },
    ...{ close: 2 as Price, tradeCount: 2, isClosed: false },
  };
  expect(plainCandle({ ...candle, volume: 0.1 + 0.2, buyVolume: 0.7 + 0.1 })).toEqual({
    ...{ ...candle, volume: 0.3, buyVolume: 0.8 },
  });
  expect(plainCandle({ ...candle, volume: 3e-8 + 6e-8, buyVolume: null })).toMatchObject({
    ...{ volume: 9e-8, buyVolume: null },
  });
  const exact = { ...candle, volume: 123_456_789.12345, buyVolume: 12 };
  expect(plainCandle(exact)).toBe(exact);
});

describe('intervalStartFrom', () => {
  it('is the time itself where an interval begins, else the next beginning', () => {
    const weekMs = INTERVAL_MS['1w'];
    const monday = at('2024-03-11T00:00:00Z');
    expect(intervalStartFrom(monday, weekMs)).toBe(monday);
    expect(intervalStartFrom(monday + 1, weekMs)).toBe(monday + weekMs);
    expect(intervalStart(monday + 1, weekMs)).toBe(monday);
    expect(intervalStartFrom(61_000, 60_000)).toBe(120_000);
  });
});
