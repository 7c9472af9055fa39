import { useOffline } from '../../app/use-offline.ts';
import { Panel } from '../../ui/panel.tsx';
import { PositionsView } from './positions-view.tsx';

export function PositionsPanel() {
  return (
    <Panel title="Positions" notLive={useOffline()}>
      <PositionsView />
    </Panel>
  );
}
