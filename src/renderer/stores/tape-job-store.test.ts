import { expect, it } from 'vitest';
import { tapeJob } from './tape-job.fixture.ts';
import { progressShown } from './tape-job-store.ts';

it.each([
  ['running', null, null],
  ['waiting', null, null],
  ['running', 0.4, 0.4],
  ['canceled', 0.4, 0.4],
  ['interrupted', null, 0],
  ['failed', null, 0],
  ['done', null, 1],
] as const)('of a job that is %s at %s the bar shows %s', (state, progress, shown) => {
  expect(progressShown(tapeJob('j1', { state, progress }))).toBe(shown);
});
