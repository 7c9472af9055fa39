import { useTranslation } from 'react-i18next';
import { useBot, useSelection } from '../../app/app-context.ts';
import { useOffline } from '../../app/use-offline.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BotLogs } from './bot-logs.tsx';

/** The log of the selected bot, on its own. */
export function LogPanel() {
  const { t } = useTranslation('bots');
  const bot = useBot(useSelection().selectedBotId);
  return (
    <Panel title={t('tabs.logs')} notLive={useOffline()}>
      {bot === undefined ? (
        <EmptyState text={t('log.selectBot')} />
      ) : (
        <BotLogs botId={bot.config.id} />
      )}
    </Panel>
  );
}
