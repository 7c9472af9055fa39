import { useBot, useSelection } from '../../app/app-context.ts';
import { useOffline } from '../../app/use-offline.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { FillsTable } from './fills-table.tsx';

/** The fills of the selected bot, on their own. */
export function FillsPanel() {
  const bot = useBot(useSelection().selectedBotId);
  return (
    <Panel title="Fills" notLive={useOffline()}>
      {bot === undefined ? (
        <EmptyState text="Select a bot to see its fills." />
      ) : (
        <FillsTable bot={bot} />
      )}
    </Panel>
  );
}
