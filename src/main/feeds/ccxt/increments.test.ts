import { expect, it } from 'vitest';
import { incrementOf } from './increments.ts';

it.each([
  [0.01, 4, 0.01],
  [8, 2, 1e-8],
  [0, 2, 1],
  [-1, 2, 10],
  [5, 3, 1e-8],
  [undefined, 4, 1e-8],
  [0, 4, 1e-8],
])('precision %s in mode %s is a step of %s', (precision, mode, step) => {
  expect(incrementOf(precision, mode)).toBe(step);
});
