import { expect, it } from 'vitest';
import { scaleStep } from './scale-step.ts';

it('is the increment of a market that moves by halves, fifths and tens', () => {
  for (const increment of [1e-18, 1e-8, 1 / 32, 0.05, 0.25, 1, 2.5, 1_000]) {
    expect(scaleStep(increment)).toBe(increment);
  }
});

it('is the last decimal where the chart library would have no axis for the increment', () => {
  expect([0.03, 0.3, 0.15, 0.006].map(scaleStep)).toEqual([0.01, 0.1, 0.01, 0.001]);
});
