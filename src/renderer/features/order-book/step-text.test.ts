import { expect, it } from 'vitest';
import { GROUPINGS } from './ladder.ts';
import { stepText, wholeStepText } from './step-text.ts';

it('is the step where that is short', () => {
  expect([1, 10, 1_000].map((grouping) => stepText(0.01, grouping))).toEqual(['0.01', '0.1', '10']);
});

it('is how many increments it has where it would be cut', () => {
  expect([1, 50].map((grouping) => stepText(1e-8, grouping))).toEqual(['×1', '×50']);
  expect([wholeStepText(1e-8, 50), wholeStepText(1_000, 20)]).toEqual(['0.0000005', '20,000']);
});

it('tells each step from the others in the room that there is', () => {
  for (const increment of [1e-8, 1 / 32, 0.03, 1, 1_000]) {
    const texts = GROUPINGS.map((grouping) => stepText(increment, grouping));
    expect(new Set(texts).size).toBe(GROUPINGS.length);
    expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(4);
  }
});
