import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions, useConnection, useNotifications } from '../../app/app-context.ts';
import { browserPopups } from '../../app/page-notifier.ts';
import { Button } from '../../ui/button.tsx';

/** Reading all at once, and the browser's permission, which it gives only to a gesture. */
export function NotificationControls() {
  const { t } = useTranslation('notifications');
  const { markRead } = useActions();
  const unread = useNotifications((state) => state.unread);
  return (
    <>
      <EnableNotifications />
      <Button
        variant="quiet"
        disabled={unread === 0}
        testId="mark-all-read"
        onClick={() => void markRead()}
      >
        {t('markAllRead')}
      </Button>
    </>
  );
}

/** Only where the page itself raises notifications: the desktop's shell does so for its window. */
function EnableNotifications() {
  const { t } = useTranslation('notifications');
  const mode = useConnection((state) => state.info?.mode);
  const [permission, setPermission] = useState(browserPopups.permission);
  if (mode !== 'serve' || permission !== 'default') return null;
  return (
    <Button
      variant="quiet"
      testId="enable-notifications"
      onClick={() => void browserPopups.requestPermission().then(setPermission)}
    >
      {t('enable')}
    </Button>
  );
}
