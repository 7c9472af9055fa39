import { useOffline } from '../../app/use-offline.ts';
import { Panel } from '../../ui/panel.tsx';
import { OrdersView } from './orders-view.tsx';

export function OrdersPanel() {
  return (
    <Panel title="Orders" notLive={useOffline()}>
      <OrdersView />
    </Panel>
  );
}
