import { useBot, useSelection } from '../../app/app-context.ts';
import { useOffline } from '../../app/use-offline.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BotLogs } from './bot-logs.tsx';

/** The log of the selected bot, on its own. */
export function LogPanel() {
  const bot = useBot(useSelection().selectedBotId);
  return (
    <Panel title="Log" notLive={useOffline()}>
      {bot === undefined ? (
        <EmptyState text="Select a bot to see its log." />
      ) : (
        <BotLogs botId={bot.config.id} />
      )}
    </Panel>
  );
}
