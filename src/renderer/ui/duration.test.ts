import { expect, it } from 'vitest';
import { durationParts } from './duration.ts';

it.each([
  [0.9, 'seconds', 0, 0],
  [59, 'seconds', 59, 0],
  [61, 'minutes', 1, 1],
  [3_600, 'hours', 1, 0],
  [93_784, 'days', 1, 2],
])('%d s are told in %s: %d and %d', (seconds, unit, value, rest) => {
  expect(durationParts(seconds)).toEqual({ unit, value, rest });
});
