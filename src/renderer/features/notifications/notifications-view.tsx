import { useTranslation } from 'react-i18next';
import type { Notification } from '#domain/notification.ts';
import { useActions, useNotifications } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatTime } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './notifications-view.module.css';
import { useNotificationWords } from './use-notification-words.ts';

const cx = bindClassNames(styles);

const DAY_CHECK_MS = 60_000;
const SIGNS = { info: '●', warning: '▲', critical: '■' } as const;

/** The notification centre: newest first; following one reads it. */
export function NotificationsView() {
  const { t } = useTranslation('notifications');
  const items = useNotifications((state) => state.items);
  const now = useNow(DAY_CHECK_MS);
  if (items.length === 0) return <EmptyState text={t('empty')} />;
  return (
    <ul className={cx('list')} aria-label={t('list')}>
      {items.map((item) => (
        <NotificationItem key={item.id} item={item} time={formatTime(item.createdTime, now)} />
      ))}
    </ul>
  );
}

interface NotificationItemProps {
  readonly item: Notification;
  readonly time: string;
}

function NotificationItem({ item, time }: NotificationItemProps) {
  const { t } = useTranslation('notifications');
  const { reveal, markRead } = useActions();
  const words = useNotificationWords(item);
  const open = () => {
    if (!item.read) void markRead([item.id]);
    reveal(item.source);
  };
  return (
    <li>
      <button
        type="button"
        className={cx('item', !item.read && 'unread')}
        data-testid="notification-item"
        data-read={item.read}
        onClick={open}
      >
        <span className={cx('sign', item.severity)} aria-hidden="true">
          {SIGNS[item.severity]}
        </span>
        <time className={cx('time')}>{time}</time>
        <span className={cx('title')}>{words.title}</span>
        <span className={cx('body')}>{words.body}</span>
        <span className={cx('state')}>{item.read ? '' : t('unread')}</span>
      </button>
    </li>
  );
}
