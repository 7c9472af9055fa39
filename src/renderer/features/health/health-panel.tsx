import { useTranslation } from 'react-i18next';
import { useOffline } from '../../app/use-offline.ts';
import { Panel } from '../../ui/panel.tsx';
import { HealthView } from './health-view.tsx';

export function HealthPanel() {
  const { t } = useTranslation('workspace');
  return (
    <Panel title={t('panels.health')} notLive={useOffline()} testId="health">
      <HealthView />
    </Panel>
  );
}
