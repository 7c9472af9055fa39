import { useTranslation } from 'react-i18next';
import { useOffline } from '../../app/use-offline.ts';
import { Panel } from '../../ui/panel.tsx';
import { DeskView } from './desk-view.tsx';

export function DeskPanel() {
  const { t } = useTranslation('workspace');
  return (
    <Panel title={t('panels.desk')} notLive={useOffline()}>
      <DeskView />
    </Panel>
  );
}
