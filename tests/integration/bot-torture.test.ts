import { expect, it } from 'vitest';
import { tortureBots } from '../torture/bots.ts';

it('[X1] [X2] bots that are killed at random moments lose no fill, double none, and run again', async () => {
  const report = await tortureBots({ rounds: 5, seed: 20_250_115 });
  expect(report.faults).toEqual([]);
  expect(report['fillsTold']).toBeGreaterThan(50);
}, 120_000);
