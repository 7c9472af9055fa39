import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import { alignedCloses, closeAt } from './compared-values.ts';

const candles = (...times: number[]) =>
  times.map((openTime) => ({ openTime, close: openTime * 10 }) as Candle);

describe('compared values', () => {
  it('stand at the bars of the chart’s own instrument, and nowhere else', () => {
    const aligned = alignedCloses(candles(2, 3, 5, 9), candles(1, 2, 4, 5, 8, 10));
    expect(aligned.map(({ openTime, close }) => [openTime, close])).toEqual([
      [2, 20],
      [3, null],
      [5, 50],
      [9, null],
    ]);
    expect(alignedCloses(candles(1), [])).toEqual([{ openTime: 1, close: null }]);
  });

  it('are found by the time of a bar', () => {
    expect([closeAt(candles(1, 4), 4), closeAt(candles(1, 4), 3), closeAt([], 3)]).toEqual([
      40,
      null,
      null,
    ]);
  });
});
