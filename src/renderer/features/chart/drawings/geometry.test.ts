import { describe, expect, it } from 'vitest';
import type { Candle } from '#domain/candle.ts';
import type { Drawing } from '../../../stores/drawing-store.ts';
import { gripAt, shapeOf } from './geometry.ts';
import { formatSpan, measureBetween, measureLines } from './measure.ts';
import { nearestLevel, nextLevel } from './snap.ts';

const size = { width: 300, height: 200 };
const pixelOf = ({ time, price }: { time: number; price: number }) => ({ x: time, y: 200 - price });
const drawing = (kind: 'trend' | 'ray' | 'rectangle'): Drawing => ({
  ...{ id: 'a', kind, from: { time: 50, price: 100 }, to: { time: 100, price: 150 } },
});
const gripOf = (one: Drawing, x: number, y: number) => {
  const shape = shapeOf(one, pixelOf, size);
  return shape === null ? 'none' : gripAt(one, shape, pixelOf, { x, y });
};

describe('the shape of a drawing', () => {
  it('of a level goes over the whole width, wherever its time', () => {
    const shape = shapeOf({ id: 'a', kind: 'level', price: 120 }, pixelOf, size);
    expect(shape).toEqual({ kind: 'line', from: { x: 0, y: 80 }, to: { x: 300, y: 80 } });
  });

  it('of a ray goes on through its second point, out of the pane', () => {
    const shape = shapeOf(drawing('ray'), pixelOf, size);
    const { x, y } = shape?.to ?? { x: 0, y: 0 };
    expect(x > size.width || y < 0).toBe(true);
    expect((y - 100) / (x - 50)).toBeCloseTo(-1, 9);
  });

  it('is none where there are no bars to place it among', () => {
    expect(shapeOf(drawing('trend'), () => null, size)).toBeNull();
  });
});

describe('the grip at a point', () => {
  it('is an end, the whole, or none', () => {
    const trend = drawing('trend');
    expect(gripOf(trend, 52, 98)).toBe('from');
    expect(gripOf(trend, 99, 51)).toBe('to');
    expect(gripOf(trend, 76, 76)).toBe('body');
    expect(gripOf(trend, 150, 0)).toBeNull();
    expect(gripOf(drawing('ray'), 150, 0)).toBe('body');
  });

  it('is anywhere in a rectangle', () => {
    expect(gripOf(drawing('rectangle'), 75, 60)).toBe('body');
    expect(gripOf(drawing('rectangle'), 120, 60)).toBeNull();
  });
});

describe('a measure', () => {
  it('tells the way of the price and of the time', () => {
    const measure = measureBetween({ time: 0, price: 200 }, { time: 5_400_000, price: 190 }, 90);
    expect(measure).toEqual({ price: -10, percent: -5, bars: 90, milliseconds: 5_400_000 });
    expect(measureLines(measure, 0.01, '90 bars')).toEqual(['−10.00 (−5.00%)', '90 bars · 1h 30m']);
  });

  it('has no percent of nothing', () => {
    expect(measureBetween({ time: 0, price: 0 }, { time: 1, price: 5 }, 1).percent).toBeNull();
  });

  it.each([
    [0, '0s'],
    [12_000, '12s'],
    [-61_000, '−1m 1s'],
    [2 * 86_400_000 + 3 * 3_600_000 + 59_000, '2d 3h'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatSpan(milliseconds)).toBe(text);
  });
});

describe('snapping', () => {
  const bar = { open: 10, high: 14, low: 8, close: 12 } as Candle;
  it('goes to the nearest of open, high, low and close', () => {
    expect([7, 9.2, 11.2, 13.1, 99].map((price) => nearestLevel(bar, price))).toEqual([
      8, 10, 12, 14, 14,
    ]);
  });

  it('goes from one level to the next', () => {
    expect([nextLevel(bar, 10, 1), nextLevel(bar, 11, -1), nextLevel(bar, 14, 1)]).toEqual([
      12, 10, 14,
    ]);
  });
});
