import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useBotIds, useSelection } from '../../app/app-context.ts';
import { FilteredRows } from '../../ui/filtered-rows.tsx';
import type { Column } from '../../ui/table.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { type BotSorting, nextBotSorting } from './bot-order.ts';
import { BotRow } from './bot-row.tsx';
import { type BotsWish, useShownBots } from './use-shown-bots.ts';

const columnsOf = (t: TFunction<'bots'>): readonly Column[] => [
  { key: 'name', label: t('columns.name') },
  { key: 'strategy', label: t('columns.strategy'), only: 'widest' },
  { key: 'instrument', label: t('columns.instrument'), only: 'roomy' },
  { key: 'state', label: t('columns.state') },
  { key: 'feed', label: t('columns.feed'), title: t('columns.feedTitle') },
  { key: 'equity', label: t('columns.equity'), align: 'end' },
  { key: 'today', label: t('columns.today'), align: 'end', title: t('columns.todayTitle') },
  {
    ...{ key: 'realized', label: t('columns.realized'), align: 'end', only: 'wide' },
    title: t('columns.beforeFees'),
  },
  {
    ...{ key: 'unrealized', label: t('columns.unrealized'), align: 'end', only: 'roomy' },
    title: t('columns.beforeFees'),
  },
  {
    ...{ key: 'drawdown', label: t('columns.drawdown'), align: 'end', only: 'medium' },
    title: t('columns.drawdownTitle'),
  },
  { key: 'fees', label: t('columns.fees'), align: 'end', only: 'widest' },
  { key: 'fills', label: t('columns.fills'), align: 'end', only: 'widest' },
  { key: 'lastFill', label: t('columns.lastFill'), align: 'end', only: 'medium' },
];

export interface BotsTableProps extends BotsWish {
  readonly onSort: (sorting: BotSorting) => void;
  readonly onSelect: (botId: string) => void;
  readonly onShowAll: () => void;
}

/** The bots that fit, in the order that is asked for; of a thousand only the rows in sight are drawn. */
export function BotsTable({ onSort, onSelect, onShowAll, ...wish }: BotsTableProps) {
  const { t } = useTranslation('bots');
  const { selectedBotId } = useSelection();
  const { value: botIds, onTouch } = useShownBots(wish);
  const { sorting, strategyName } = wish;
  return (
    <FilteredRows
      shown={botIds.length}
      all={useBotIds()?.length ?? 0}
      nothing={t('filter.nothing')}
      onShowAll={onShowAll}
      testPrefix="bots"
    >
      <VirtualTable
        label={t('title')}
        columns={columnsOf(t)}
        count={botIds.length}
        testId="bots-table"
        onSort={(key) => onSort(nextBotSorting(sorting, key))}
        {...{ sorting, onTouch }}
      >
        {(index) => {
          const botId = botIds[index];
          return (
            botId !== undefined && (
              <BotRow
                key={botId}
                isSelected={botId === selectedBotId}
                {...{ botId, index, strategyName, onSelect }}
              />
            )
          );
        }}
      </VirtualTable>
    </FilteredRows>
  );
}
