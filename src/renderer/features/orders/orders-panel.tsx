import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeck, useStores } from '../../app/app-context.ts';
import { useOffline } from '../../app/use-offline.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { OPEN_ORDERS, ORDER_KINDS } from './order-order.ts';
import { OrdersView } from './orders-view.tsx';

export function OrdersPanel() {
  const { t } = useTranslation('orders');
  const [chosen, setFilter] = useState(OPEN_ORDERS);
  // Those of a deck that have ended are not kept for long.
  const isInDeck = useDeck() !== undefined;
  const filter = isInDeck ? { ...chosen, kind: 'open' as const } : chosen;
  const { dialogs } = useStores();
  const notLive = useOffline();
  const header = (
    <>
      <SearchField
        label={t('filter.search')}
        value={filter.search}
        testId="orders-search"
        onChange={(search) => setFilter({ ...filter, search })}
      />
      {!isInDeck && (
        <ChoiceField
          label={t('filter.kind')}
          value={filter.kind}
          testId="orders-kind"
          options={ORDER_KINDS.map((kind) => [kind, t(`filter.kinds.${kind}`)])}
          onChange={(kind) => setFilter({ ...filter, kind })}
        />
      )}
      {!isInDeck && (
        <Button
          testId="new-order"
          disabled={notLive !== null}
          onClick={() => dialogs.setState({ open: 'new-order' })}
        >
          {t('form.new')}
        </Button>
      )}
    </>
  );
  return (
    <Panel title={t('title')} notLive={notLive} header={header}>
      <OrdersView filter={filter} onFilter={setFilter} />
    </Panel>
  );
}
