import { useTranslation } from 'react-i18next';
import { useOffline } from '../../app/use-offline.ts';
import { Panel } from '../../ui/panel.tsx';
import { OrdersView } from './orders-view.tsx';

export function OrdersPanel() {
  const { t } = useTranslation('orders');
  return (
    <Panel title={t('title')} notLive={useOffline()}>
      <OrdersView />
    </Panel>
  );
}
