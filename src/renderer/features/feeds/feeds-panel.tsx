import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOffline } from '../../app/use-offline.ts';
import { Panel } from '../../ui/panel.tsx';
import { FeedsList } from './feeds-list.tsx';

const AddExchangeDialog = lazy(() => import('./add-exchange-dialog.tsx'));

export function FeedsPanel() {
  const { t } = useTranslation('feeds');
  const [isAdding, setIsAdding] = useState(false);
  return (
    <Panel title={t('title')} notLive={useOffline()}>
      <FeedsList onAddExchange={() => setIsAdding(true)} />
      {isAdding && (
        <Suspense>
          <AddExchangeDialog text="" onClose={() => setIsAdding(false)} />
        </Suspense>
      )}
    </Panel>
  );
}
