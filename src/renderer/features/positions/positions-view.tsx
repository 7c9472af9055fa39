import type { TFunction } from 'i18next';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { EXTERNAL_STRATEGY } from '#domain/bot.ts';
import { symbolOf } from '#domain/instrument.ts';
import {
  useActions,
  useBot,
  useBotIds,
  useBots,
  useInstrument,
  useMarket,
  usePanelOption,
} from '../../app/app-context.ts';
import { positionsOf } from '../../stores/bot-store.ts';
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
import { knownProfit } from './known-profit.ts';
import {
  ALL_POSITIONS,
  AS_MADE,
  nextPositionSorting,
  type PositionFilter,
  type PositionPlace,
  positionSortingSchema,
} from './position-order.ts';
import styles from './positions-view.module.css';
import { useShownPositions } from './use-shown-positions.ts';

const cx = bindClassNames(styles);

/** What a position is worth and how one is rid of it come before how it came about. */
const columnsOf = (t: TFunction<'positions'>): readonly Column[] => [
  { key: 'bot', label: t('bot') },
  { key: 'instrument', label: t('instrument') },
  { key: 'side', label: t('side') },
  { key: 'quantity', label: t('quantity'), align: 'end' },
  { key: 'entry', label: t('entry'), align: 'end', only: 'medium' },
  { key: 'last', label: t('last'), align: 'end', only: 'roomy' },
  { key: 'unrealized', label: t('unrealized'), align: 'end', title: t('beforeFees') },
  {
    ...{ key: 'realized', label: t('realized'), align: 'end', only: 'roomy' },
    title: t('beforeFees'),
  },
  { key: 'fees', label: t('fees'), align: 'end', only: 'roomy' },
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
  const { value: shown, onTouch } = useShownPositions(filter, sorting);
  const positionCount = useBots(({ bots }) =>
    (botIds ?? []).reduce((sum, id) => sum + 1 + (bots[id]?.otherPositions.length ?? 0), 0),
  );
  if (botIds?.length === 0) return <EmptyState text={t('none')} />;
  return (
    <div className={cx('view')} data-testid="positions">
      <FilteredRows
        shown={shown.length}
        all={positionCount}
        nothing={t(filter.search === '' ? 'filter.allFlat' : 'filter.nothing')}
        onShowAll={() => onFilter(ALL_POSITIONS)}
        testPrefix="positions"
      >
        <VirtualTable
          label={t('title')}
          columns={columnsOf(t)}
          count={shown.length}
          testId="positions-table"
          onSort={(key) => setSorting(nextPositionSorting(sorting, key))}
          {...{ sorting, onTouch }}
        >
          {(index) => {
            const place = shown[index];
            if (place === undefined) return null;
            return (
              <PositionRow key={`${place.botId} ${place.instrumentId}`} {...{ ...place, index }} />
            );
          }}
        </VirtualTable>
      </FilteredRows>
      <TotalsBar />
    </div>
  );
}

interface PositionRowProps extends PositionPlace {
  readonly index: number;
}

const PositionRow = memo(function PositionRow({ botId, instrumentId, index }: PositionRowProps) {
  const { t } = useTranslation('positions');
  const { reveal } = useActions();
  const bot = useBot(botId);
  const instrument = useInstrument(instrumentId);
  const price = useMarket((state) => state.tickers[instrumentId]?.price);
  const position = bot && positionsOf(bot).find((one) => one.instrumentId === instrumentId);
  if (bot === undefined || position === undefined) return null;
  const isMain = bot.config.instrumentId === instrumentId;
  const sign = signOf(position.quantity);
  const increment = instrument?.priceIncrement;
  const profit = knownProfit(bot.config, position, price ?? null);
  const open = () => reveal({ botId });
  return (
    <Row
      index={index}
      onSelect={open}
      testId={`position-row-${botId}${isMain ? '' : `-${instrumentId}`}`}
    >
      <Cell>
        <LinkButton onClick={open}>{bot.config.name}</LinkButton>
      </Cell>
      <Cell>{symbolOf(position.instrumentId)}</Cell>
      <Cell tone={sign === 0 ? 'dim' : sign > 0 ? 'up' : 'down'}>
        {t(sign === 0 ? 'flat' : sign > 0 ? 'long' : 'short')}
      </Cell>
      <Cell align="end">{formatQuantity(position.quantity)}</Cell>
      <Cell align="end" only="medium">
        {formatPriceDecimal(position.averagePrice, increment)}
      </Cell>
      <Cell align="end" only="roomy">
        {increment === undefined ? null : formatPrice(price, increment)}
      </Cell>
      <Cell align="end" {...(profit === null && { title: t('unpriced') })}>
        <SignedMoney value={profit} />
      </Cell>
      <Cell align="end" only="roomy">
        <SignedMoney value={position.realizedPnl} />
      </Cell>
      <Cell align="end" only="roomy" tone="dim">
        {formatMoney(position.fees)}
      </Cell>
      <Cell align="end">
        {sign !== 0 && bot.config.strategy !== EXTERNAL_STRATEGY && <ClosePosition botId={botId} />}
      </Cell>
    </Row>
  );
});
