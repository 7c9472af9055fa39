import { expect, it } from 'vitest';
import { tortureLargeFiles } from '../torture/large-files.ts';
import { tortureRecording } from '../torture/recording.ts';

it('[T1] a recorder that is killed at random moments loses at most 250 ms, and leaves a sound tape', async () => {
  const report = await tortureRecording({ rounds: 5, seed: 20_240_808 });
  expect(report.faults).toEqual([]);
  expect(report['tradesRead']).toBeGreaterThan(1_000);
});

it('[T3] an import leaves out bad lines, and one that is longer than any memory: the short form', async () => {
  const report = await tortureLargeFiles({ bytes: 10_000_000 });
  expect(report.faults).toEqual([]);
});
