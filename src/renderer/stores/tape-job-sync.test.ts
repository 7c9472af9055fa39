import { expect, it } from 'vitest';
import { channel } from '#contract/channels.ts';
import type { TapeJob } from '#contract/tape-requests.ts';
import type { EpochMs } from '#domain/units.ts';
import { storesOnHub } from '#tests/fakes/stores-on-hub.ts';
import { createStores } from './stores.ts';
import { tapeJob } from './tape-job.fixture.ts';
import { syncTapeJobs } from './tape-job-sync.ts';

it('keeps the imports and exports as the hub last told of them', async () => {
  const { transport, stores, frame, context } = storesOnHub(createStores());
  syncTapeJobs(context);
  transport.connect();
  await frame();
  const tell = async (seq: number, ...states: readonly TapeJob['state'][]) => {
    const jobs = states.map((state, at) => tapeJob(`j${at}`, { state }));
    const payload = { channel: channel.tapeJobs, seq, timestamp: 1 as EpochMs, jobs };
    transport.push({ event: 'tape:jobs', payload });
    await frame();
    return stores.tapeJobs.getState().jobs.map(({ state }) => state);
  };
  expect(stores.tapeJobs.getState().jobs).toEqual([]);
  expect(await tell(1, 'running', 'done')).toEqual(['running', 'done']);
  expect(await tell(2, 'canceled')).toEqual(['canceled']);
});
