import { expect, it } from 'vitest';
import { stepText } from './step-text.ts';

it('is the step where that is short', () => {
  expect([1, 10, 1_000].map((grouping) => stepText(0.01, grouping))).toEqual(['0.01', '0.1', '10']);
});

it('begins with its multiple where only that would be in sight', () => {
  expect([1, 50].map((grouping) => stepText(1e-8, grouping))).toEqual([
    ...['×1 · 0.00000001', '×50 · 0.0000005'],
  ]);
  expect(stepText(1_000, 20)).toBe('×20 · 20,000');
});
