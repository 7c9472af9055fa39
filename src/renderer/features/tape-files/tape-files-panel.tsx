import { useTranslation } from 'react-i18next';
import { useOffline } from '../../app/use-offline.ts';
import { Panel } from '../../ui/panel.tsx';
import { TapeFilesView } from './tape-files-view.tsx';

export function TapeFilesPanel() {
  const { t } = useTranslation('workspace');
  return (
    <Panel title={t('panels.tape-files')} notLive={useOffline()}>
      <TapeFilesView />
    </Panel>
  );
}
