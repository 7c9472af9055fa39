import { channel } from '#contract/channels.ts';
import type { RequestResult } from '#contract/requests.ts';
import { translator } from '../i18n/i18n.ts';
import { otherVersion } from './connection-store.ts';
import { createStoreQueue } from './store-queue.ts';
import type { Stores } from './stores.ts';
import { onEveryConnection, type SyncContext } from './sync-context.ts';

const t = translator('status-bar');

/** Keeps the state of the connection and the hub's own figures current. */
export function syncConnection({ client, stores, frames }: SyncContext): () => void {
  const queue = createStoreQueue(stores.connection, frames, 'connection');
  const ends = [
    // A lost connection is shown at once: it says of everything else whether to trust it.
    client.onConnection((connection) => stores.connection.setState({ connection })),
    client.onSilence((silentSince) => stores.connection.setState({ silentSince })),
    onEveryConnection(client, async () => {
      const reply = await client.request('system.info');
      if (reply.ok) takeInfo(stores, reply.value);
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

/** A page that was left open goes on with the hub that took the place of its own, and says so once. */
function takeInfo({ connection, notices }: Stores, info: RequestResult<'system.info'>): void {
  const before = connection.getState();
  connection.setState({ info, pageVersion: before.pageVersion ?? info.version });
  const version = otherVersion(connection.getState());
  if (version === null || version === before.info?.version) return;
  notices.say({ text: () => t('outdated.notice', { version }) });
}
