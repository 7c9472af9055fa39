import { useTranslation } from 'react-i18next';
import { useOffline } from '../../app/use-offline.ts';
import { Panel } from '../../ui/panel.tsx';
import { ReplayView } from './replay-view.tsx';

export function ReplayPanel() {
  const { t } = useTranslation('workspace');
  return (
    <Panel title={t('panels.replay')} notLive={useOffline()}>
      <ReplayView />
    </Panel>
  );
}
