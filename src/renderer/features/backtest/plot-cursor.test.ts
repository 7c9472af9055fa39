import { expect, it } from 'vitest';
import { indexAt, placeOf } from './plot-cursor.ts';

const TIMES = [1_000, 2_000, 3_000, 11_000];

it.each([
  [-1, 0],
  [0, 0],
  [0.04, 0],
  [0.06, 1],
  [0.5, 2],
  [0.7, 3],
  [1, 3],
  [2, 3],
])('at %d of the way the nearest time is no. %d', (place, index) => {
  expect(indexAt(TIMES, place)).toBe(index);
});

it('knows where each time lies, and takes no harm from one or none', () => {
  expect(TIMES.map((_, index) => placeOf(TIMES, index))).toEqual([0, 0.1, 0.2, 1]);
  expect(placeOf([5], 0)).toBe(0);
  expect(indexAt([], 0.5)).toBe(0);
});
