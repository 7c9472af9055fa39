import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OpenedPart } from '../../app/opened-part.tsx';
import { useOffline } from '../../app/use-offline.ts';
import { fetched } from '../../ui/fetched.ts';
import { Panel } from '../../ui/panel.tsx';
import { FeedsList } from './feeds-list.tsx';

const AddExchangeDialog = fetched(async () => (await import('./add-exchange-dialog.tsx')).default);

export function FeedsPanel() {
  const { t } = useTranslation('feeds');
  const [isAdding, setIsAdding] = useState(false);
  return (
    <Panel title={t('title')} notLive={useOffline()}>
      <FeedsList onAddExchange={() => setIsAdding(true)} />
      {isAdding && (
        <OpenedPart onClose={() => setIsAdding(false)}>
          <AddExchangeDialog text="" onClose={() => setIsAdding(false)} />
        </OpenedPart>
      )}
    </Panel>
  );
}
