import { useTranslation } from 'react-i18next';
import { useActions, useNotifications } from '../../app/app-context.ts';
import { useHubBook } from '../../i18n/hub-words.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { LiveText } from '../../ui/live-text.tsx';
import styles from './notification-bell.module.css';

const cx = bindClassNames(styles);

const MOST_SHOWN = 99;

export function NotificationBell() {
  const { t } = useTranslation('top-bar');
  const book = useHubBook();
  const { showPanel } = useActions();
  const unread = useNotifications((state) => state.unread);
  const latest = useNotifications((state) => state.items[0]);
  // What is seen is a part of the name: who speaks to the machine says what he sees.
  const shown = unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread);
  return (
    <>
      <Button
        variant="quiet"
        testId="notification-bell"
        aria-label={t('notifications', { unread: shown })}
        onClick={() => showPanel('notifications')}
      >
        <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true" className={cx('icon')}>
          <path d="M8 1.5a4 4 0 0 0-4 4v3L2.5 11h11L12 8.5v-3a4 4 0 0 0-4-4ZM6.3 12.5a1.8 1.8 0 0 0 3.4 0" />
        </svg>
        <span className={cx('count', unread > 0 && 'unread')}>{shown}</span>
      </Button>
      <LiveText text={latest === undefined || latest.read ? '' : book.sayNotice(latest).title} />
    </>
  );
}
