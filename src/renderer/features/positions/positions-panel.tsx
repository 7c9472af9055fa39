import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBotIds } from '../../app/app-context.ts';
import { useOffline } from '../../app/use-offline.ts';
import { ChoiceField } from '../../ui/choice-field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { OPEN_ONLY, POSITION_KINDS } from './position-order.ts';
import { PositionsView } from './positions-view.tsx';

export function PositionsPanel() {
  const { t } = useTranslation('positions');
  const [filter, setFilter] = useState(OPEN_ONLY);
  const hasBots = useBotIds()?.length !== 0;
  const header = (
    <>
      <SearchField
        label={t('filter.search')}
        value={filter.search}
        testId="positions-search"
        onChange={(search) => setFilter({ ...filter, search })}
      />
      <ChoiceField
        label={t('filter.kind')}
        value={filter.kind}
        testId="positions-kind"
        options={POSITION_KINDS.map((kind) => [kind, t(`filter.kinds.${kind}`)])}
        onChange={(kind) => setFilter({ ...filter, kind })}
      />
    </>
  );
  return (
    <Panel title={t('title')} notLive={useOffline()} {...(hasBots && { header })}>
      <PositionsView filter={filter} onFilter={setFilter} />
    </Panel>
  );
}
