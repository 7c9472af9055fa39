import type { Notification } from '#domain/notification.ts';
import type { Ledger } from '#main/storage/ledger.ts';
import type { Ground } from '../ground.ts';

/**
 * Says that the tape cannot be written, and that it can again: to the log and to the user. The
 * disk may be too full for the ledger as well, which must not keep the user from hearing of it.
 */
export function tapeTrouble(
  { clock, log, userId, publications }: Ground,
  ledger: Pick<Ledger, 'transaction' | 'notifications' | 'channelLog'>,
) {
  const notify = (wording: Pick<Notification, 'severity' | 'title' | 'body'>): void => {
    const createdTime = clock.now();
    const notification: Notification = {
      ...wording,
      ...{ id: `tape-${createdTime}`, kind: 'system', source: {}, read: false, createdTime },
    };
    const item = { of: 'notification', userId, notification } as const;
    try {
      ledger.transaction(() => {
        ledger.notifications.insert(notification);
        ledger.channelLog.append(item, createdTime);
      });
    } catch (err) {
      log.error({ err }, 'a notification about the tape cannot be kept');
    }
    publications.publish(item);
  };
  return {
    onFailure: (reason: string): void => {
      log.error({ reason }, 'the tape cannot be written');
      notify({ severity: 'critical', title: 'The tape cannot be written', body: reason });
    },
    onRecovery: (): void => {
      log.info({}, 'the tape is written again');
      const body = 'What there was no room for meanwhile is marked as a gap.';
      notify({ severity: 'info', title: 'The tape is written again', body });
    },
  };
}
