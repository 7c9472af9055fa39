import type { TFunction } from 'i18next';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { EXTERNAL_STRATEGY } from '#domain/bot.ts';
import { symbolOf } from '#domain/instrument.ts';
import {
  useActions,
  useBot,
  useBotIds,
  useInstrument,
  useMarket,
  usePanelOption,
} from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilteredRows } from '../../ui/filtered-rows.tsx';
import {
  formatMoney,
  formatPrice,
  formatPriceDecimal,
  formatQuantity,
  signOf,
} from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { SignedMoney } from '../../ui/signed.tsx';
import { Cell, type Column, Row } from '../../ui/table.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { TotalsBar } from '../balances/totals-bar.tsx';
import { ClosePosition } from './close-position.tsx';
import {
  ALL_POSITIONS,
  AS_MADE,
  nextPositionSorting,
  type PositionFilter,
  positionSortingSchema,
} from './position-order.ts';
import styles from './positions-view.module.css';
import { useShownPositions } from './use-shown-positions.ts';

const cx = bindClassNames(styles);

const columnsOf = (t: TFunction<'positions'>): readonly Column[] => [
  { key: 'bot', label: t('bot') },
  { key: 'instrument', label: t('instrument') },
  { key: 'side', label: t('side') },
  { key: 'quantity', label: t('quantity'), align: 'end' },
  { key: 'entry', label: t('entry'), align: 'end' },
  { key: 'last', label: t('last'), align: 'end' },
  { key: 'unrealized', label: t('unrealized'), align: 'end', title: t('beforeFees') },
  {
    ...{ key: 'realized', label: t('realized'), align: 'end', only: 'medium' },
    title: t('beforeFees'),
  },
  { key: 'fees', label: t('fees'), align: 'end', only: 'medium' },
  { key: 'close', label: '', align: 'end' },
];

export interface PositionsViewProps {
  readonly filter: PositionFilter;
  readonly onFilter: (filter: PositionFilter) => void;
}

/** One net position a bot and instrument, with what all of them add up to. */
export function PositionsView({ filter, onFilter }: PositionsViewProps) {
  const { t } = useTranslation('positions');
  const botIds = useBotIds();
  const [sorting, setSorting] = usePanelOption('sorting', positionSortingSchema, AS_MADE);
  const { value: shownIds, onTouch } = useShownPositions(filter, sorting);
  if (botIds?.length === 0) return <EmptyState text={t('none')} />;
  return (
    <div className={cx('view')} data-testid="positions">
      <FilteredRows
        shown={shownIds.length}
        all={botIds?.length ?? 0}
        nothing={t(filter.search === '' ? 'filter.allFlat' : 'filter.nothing')}
        onShowAll={() => onFilter(ALL_POSITIONS)}
        testPrefix="positions"
      >
        <VirtualTable
          label={t('title')}
          columns={columnsOf(t)}
          count={shownIds.length}
          testId="positions-table"
          onSort={(key) => setSorting(nextPositionSorting(sorting, key))}
          {...{ sorting, onTouch }}
        >
          {(index) => {
            const botId = shownIds[index];
            return botId !== undefined && <PositionRow key={botId} {...{ botId, index }} />;
          }}
        </VirtualTable>
      </FilteredRows>
      <TotalsBar />
    </div>
  );
}

interface PositionRowProps {
  readonly botId: string;
  readonly index: number;
}

const PositionRow = memo(function PositionRow({ botId, index }: PositionRowProps) {
  const { t } = useTranslation('positions');
  const { reveal } = useActions();
  const bot = useBot(botId);
  const id = bot?.config.instrumentId ?? null;
  const instrument = useInstrument(id);
  const price = useMarket((state) => (id === null ? undefined : state.tickers[id]?.price));
  if (bot === undefined) return null;
  const { position } = bot;
  const sign = signOf(position.quantity);
  const increment = instrument?.priceIncrement;
  const open = () => reveal({ botId });
  return (
    <Row index={index} onSelect={open} testId={`position-row-${botId}`}>
      <Cell>
        <LinkButton onClick={open}>{bot.config.name}</LinkButton>
      </Cell>
      <Cell>{symbolOf(position.instrumentId)}</Cell>
      <Cell tone={sign === 0 ? 'dim' : sign > 0 ? 'up' : 'down'}>
        {t(sign === 0 ? 'flat' : sign > 0 ? 'long' : 'short')}
      </Cell>
      <Cell align="end">{formatQuantity(position.quantity)}</Cell>
      <Cell align="end">{formatPriceDecimal(position.averagePrice, increment)}</Cell>
      <Cell align="end">{increment === undefined ? null : formatPrice(price, increment)}</Cell>
      <Cell align="end">
        <SignedMoney value={position.unrealizedPnl} />
      </Cell>
      <Cell align="end" only="medium">
        <SignedMoney value={position.realizedPnl} />
      </Cell>
      <Cell align="end" only="medium" tone="dim">
        {formatMoney(position.fees)}
      </Cell>
      <Cell align="end">
        {sign !== 0 && bot.config.strategy !== EXTERNAL_STRATEGY && <ClosePosition botId={botId} />}
      </Cell>
    </Row>
  );
});
