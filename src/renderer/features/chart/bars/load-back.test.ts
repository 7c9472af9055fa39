import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import { loadBackTo } from './load-back.ts';

const bar = (openTime: number) => ({ openTime }) as Candle;

/** A tape of bars from 0 on, of which the newest are loaded and pages of ten can be had. */
function sourceFrom(first: number) {
  let bars = Array.from({ length: 10 }, (_, index) => bar(first + index));
  const asked: (number | undefined)[] = [];
  return {
    asked,
    get bars() {
      return bars;
    },
    loadOlder: async (atLeast?: number) => {
      asked.push(atLeast);
      const from = Math.max(0, (bars[0]?.openTime ?? 0) - 10);
      const older = Array.from({ length: (bars[0]?.openTime ?? 0) - from }, (_, i) =>
        bar(from + i),
      );
      bars = [...older, ...bars];
    },
  };
}

describe('loading back to a time', () => {
  it('goes page by page until the bars reach it', async () => {
    const source = sourceFrom(100);
    expect(await loadBackTo(source, 75 as EpochMs)).toBe(true);
    expect(source.bars[0]?.openTime).toBe(70);
    expect(source.asked).toEqual([5_000, 5_000, 5_000]);
  });

  it('asks for nothing where they reach it already', async () => {
    const source = sourceFrom(100);
    expect(await loadBackTo(source, 105 as EpochMs)).toBe(true);
    expect(source.asked).toEqual([]);
  });

  it('says so where there is nothing older', async () => {
    expect(await loadBackTo(sourceFrom(20), -5 as EpochMs)).toBe(false);
    expect(await loadBackTo({ bars: [], loadOlder: async () => undefined }, 1 as EpochMs)).toBe(
      false,
    );
  });
});
