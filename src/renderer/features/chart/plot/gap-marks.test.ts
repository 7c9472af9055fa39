import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import { gapsBefore } from './gap-marks.ts';

const MINUTE = 60_000;
const BARS = [0, 1, 2, 10, 11, 40].map((minute) => ({ openTime: minute * MINUTE }) as Candle);

describe('gapsBefore', () => {
  it('tells before which bars time is left out, in the part that is seen', () => {
    expect(gapsBefore(BARS, MINUTE, [0, 100])).toEqual([3, 5]);
    expect(gapsBefore(BARS, MINUTE, [-5, 4])).toEqual([3]);
  });

  it('makes nothing of a few missing bars, of seconds without a trade, and of bars of trades', () => {
    expect(gapsBefore(BARS, 30 * MINUTE, [0, 100])).toEqual([]);
    expect(gapsBefore(BARS, 1_000, [0, 100])).toEqual([]);
    expect(gapsBefore(BARS, null, [0, 100])).toEqual([]);
  });
});
