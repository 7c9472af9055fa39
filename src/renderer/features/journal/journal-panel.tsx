import { useTranslation } from 'react-i18next';
import { useOffline } from '../../app/use-offline.ts';
import { Panel } from '../../ui/panel.tsx';
import { JournalView } from './journal-view.tsx';

export function JournalPanel() {
  const { t } = useTranslation('workspace');
  return (
    <Panel title={t('panels.journal')} notLive={useOffline()} testId="journal">
      <JournalView />
    </Panel>
  );
}
