import { useTranslation } from 'react-i18next';
import { useBot, useSelection } from '../../app/app-context.ts';
import { useOffline } from '../../app/use-offline.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { FillsTable } from './fills-table.tsx';

/** The fills of the selected bot, on their own. */
export function FillsPanel() {
  const { t } = useTranslation('bots');
  const bot = useBot(useSelection().selectedBotId);
  return (
    <Panel title={t('tabs.fills')} notLive={useOffline()}>
      {bot === undefined ? (
        <EmptyState text={t('fills.selectBot')} />
      ) : (
        <FillsTable key={bot.config.id} bot={bot} />
      )}
    </Panel>
  );
}
