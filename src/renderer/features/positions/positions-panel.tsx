import { useTranslation } from 'react-i18next';
import { useOffline } from '../../app/use-offline.ts';
import { Panel } from '../../ui/panel.tsx';
import { PositionsView } from './positions-view.tsx';

export function PositionsPanel() {
  const { t } = useTranslation('positions');
  return (
    <Panel title={t('title')} notLive={useOffline()}>
      <PositionsView />
    </Panel>
  );
}
