import { expect, it } from 'vitest';
import { tortureRecording } from '../torture/recording.ts';

it('[T1] a recorder that is killed at random moments loses at most 250 ms, and leaves a sound tape', async () => {
  const report = await tortureRecording({ rounds: 5, seed: 20_240_808 });
  expect(report.faults).toEqual([]);
  expect(report['tradesRead']).toBeGreaterThan(1_000);
});
