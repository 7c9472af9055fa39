import { channel } from '#contract/channels.ts';
import type { Notification } from '#domain/notification.ts';
import { NOTIFICATIONS_KEPT, withNotifications, withRead } from './notification-store.ts';
import { createStoreQueue } from './store-queue.ts';
import type { SyncContext } from './sync-context.ts';

export interface NotificationSync {
  /** Without ids: all. */
  markRead(ids?: readonly string[]): Promise<void>;
  stop(): void;
}

/**
 * Keeps the notification centre current. `onNew` hears of each notification once, at once (not at
 * the next frame: a hidden page has none), and never of those that were there before the page.
 */
export function syncNotifications(
  context: SyncContext,
  userId: string,
  onNew: (notification: Notification) => void,
): NotificationSync {
  const { client, stores, frames } = context;
  const queue = createStoreQueue(stores.notifications, frames, 'notifications');
  const seen = new Set<string>();
  let hasStarted = false;

  const loadList = async () => {
    const reply = await client.request('notifications.list', { limit: NOTIFICATIONS_KEPT });
    if (!reply.ok) return;
    const { items, unread } = reply.value;
    for (const item of items) seen.add(item.id);
    queue((state) => ({ ...withNotifications(state, items), unread }));
  };

  const end = client.subscribe(channel.user(userId, 'notifications'), {
    onPush: (push) => {
      if (push.event === 'notification:read') {
        const { ids, unread } = push.payload;
        queue((state) => withRead(state, ids ?? undefined, unread));
      }
      if (push.event !== 'notification') return;
      const notification = push.payload;
      const isNew = hasStarted && !seen.has(notification.id);
      seen.add(notification.id);
      queue((state) => withNotifications(state, [notification]));
      // Last: where it cannot be raised, it stands in the list all the same.
      if (isNew) onNew(notification);
    },
    onStarted: () => {
      hasStarted = true;
      void loadList();
    },
  });

  return {
    async markRead(ids) {
      const reply = await client.request(
        'notifications.markRead',
        ids === undefined ? {} : { ids: [...ids] },
      );
      if (reply.ok) queue((state) => withRead(state, ids, reply.value.unread));
    },
    stop: end,
  };
}
