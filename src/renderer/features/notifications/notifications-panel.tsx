import { useTranslation } from 'react-i18next';
import { useOffline } from '../../app/use-offline.ts';
import { Panel } from '../../ui/panel.tsx';
import { NotificationControls } from './notification-controls.tsx';
import { NotificationsView } from './notifications-view.tsx';

export function NotificationsPanel() {
  const { t } = useTranslation('workspace');
  return (
    <Panel
      title={t('panels.notifications')}
      notLive={useOffline()}
      header={<NotificationControls />}
    >
      <NotificationsView />
    </Panel>
  );
}
