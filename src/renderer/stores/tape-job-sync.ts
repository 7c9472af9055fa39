import { channel } from '#contract/channels.ts';
import { createStoreQueue } from './store-queue.ts';
import type { SyncContext } from './sync-context.ts';

/** Keeps the imports and exports current. Returns its end. */
export function syncTapeJobs({ client, stores, frames }: SyncContext): () => void {
  const queue = createStoreQueue(stores.tapeJobs, frames, 'tapeJobs');
  return client.subscribe(channel.tapeJobs, {
    onPush: (push) => {
      if (push.event !== 'tape:jobs') return;
      const { jobs } = push.payload;
      queue(() => ({ jobs }));
    },
  });
}
