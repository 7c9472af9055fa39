import { fail, succeed } from '#contract/errors.ts';
import type { Caller } from '#contract/scopes.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import type { Publications } from '../publications.ts';
import { asPage } from './bot-requests.ts';
import type { Handlers } from './request-handler.ts';

export interface NotificationRooms {
  readonly ownerId: string;
  readonly ledger: Pick<Ledger, 'notifications' | 'channelLog' | 'transaction'>;
  readonly publications: Pick<Publications, 'publish'>;
  readonly now: () => EpochMs;
}

/** They are of any bot: a token of the owner for single ones has no say in them (rule H2). */
const isForSingleBots = ({ ownerId }: NotificationRooms, { userId, bots }: Caller): boolean =>
  userId === ownerId && bots !== 'all';

/** Every notification is the owner's, and so is whether it was read. */
export const notificationHandlers = (rooms: NotificationRooms) =>
  ({
    'notifications.list': (request, caller) => {
      const { ownerId, ledger } = rooms;
      if (isForSingleBots(rooms, caller)) return fail('access_denied', 'Access denied');
      const { userId } = caller;
      if (userId !== ownerId) return succeed({ items: [], nextBefore: null, unread: 0 });
      const page = asPage(ledger.notifications.list(request));
      const unread = ledger.notifications.unreadCount();
      return page.ok ? succeed({ ...page.value, unread }) : page;
    },
    'notifications.markRead': ({ ids }, caller) => {
      if (isForSingleBots(rooms, caller)) return fail('access_denied', 'Access denied');
      return succeed({
        unread: caller.userId === rooms.ownerId ? markRead(rooms, ids ?? null) : 0,
      });
    },
  }) satisfies Partial<Handlers>;

/** On disk with its place in the channel first, then told to every window (rule B5). Answers the unread. */
function markRead(
  { ownerId: userId, ledger, publications, now }: NotificationRooms,
  ids: readonly string[] | null,
): number {
  const { notifications, channelLog } = ledger;
  const item = ledger.transaction(() => {
    if (notifications.markRead(ids ?? 'all') === 0) return null;
    const unread = notifications.unreadCount();
    const read = { of: 'notificationsRead', userId, ids, unread } as const;
    channelLog.append(read, now());
    return read;
  });
  if (item === null) return notifications.unreadCount();
  publications.publish(item);
  return item.unread;
}
