import { useTranslation } from 'react-i18next';
import { Panel } from '../../ui/panel.tsx';
import { SettingsView } from './settings-view.tsx';

export function SettingsPanel() {
  const { t } = useTranslation('workspace');
  return (
    <Panel title={t('panels.settings')} testId="settings">
      <SettingsView />
    </Panel>
  );
}
