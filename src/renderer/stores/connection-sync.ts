import { channel } from '#contract/channels.ts';
import { createStoreQueue } from './store-queue.ts';
import { onEveryConnection, type SyncContext } from './sync-context.ts';

/** Keeps the state of the connection and the hub's own figures current. */
export function syncConnection({ client, stores, frames }: SyncContext): () => void {
  const queue = createStoreQueue(stores.connection, frames, 'connection');
  const ends = [
    // A lost connection is shown at once: it says of everything else whether to trust it.
    client.onConnection((connection) => stores.connection.setState({ connection })),
    client.onSilence((silentSince) => stores.connection.setState({ silentSince })),
    onEveryConnection(client, async () => {
      const reply = await client.request('system.info');
      if (reply.ok) stores.connection.setState({ info: reply.value });
    }),
    client.subscribe(channel.admin, {
      onPush: (push) => {
        if (push.event === 'metrics') queue((state) => ({ ...state, metrics: push.payload }));
      },
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
