import type { Notification } from '#domain/notification.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import type { Ground } from './ground.ts';

export type NoticeLedger = Pick<Ledger, 'transaction' | 'notifications' | 'channelLog'>;
export type Notice = Omit<Notification, 'read' | 'createdTime'>;

/**
 * Tells the user what no step of a bot tells: kept, and then published. Where it cannot be kept (the disk
 * may be full, too), the user hears of it all the same.
 */
export function tellUser(
  { clock, log, userId, publications }: Ground,
  ledger: NoticeLedger,
  notice: Notice,
): void {
  const createdTime = clock.now();
  const notification: Notification = { ...notice, read: false, createdTime };
  const item = { of: 'notification', userId, notification } as const;
  try {
    ledger.transaction(() => {
      ledger.notifications.insert(notification);
      ledger.channelLog.append(item, createdTime);
    });
  } catch (err) {
    log.error({ err, kind: notice.kind }, 'a notification cannot be kept');
  }
  publications.publish(item);
}
