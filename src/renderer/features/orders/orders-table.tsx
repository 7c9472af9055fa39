import type { TFunction } from 'i18next';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { EXTERNAL_STRATEGY } from '#domain/bot.ts';
import { symbolOf } from '#domain/instrument.ts';
import { isOpen, type Order } from '#domain/order.ts';
import { useBots, useInstrument } from '../../app/app-context.ts';
import { useHubWords } from '../../i18n/hub-words.ts';
import { formatPriceDecimal, formatQuantity, formatTime } from '../../ui/format.ts';
import { SideText } from '../../ui/side-text.tsx';
import { Cell, type Column, Row } from '../../ui/table.tsx';
import { useNow } from '../../ui/use-now.ts';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import { CancelOrder } from './cancel-order.tsx';
import { nextOrderSorting, type OrderSorting } from './order-order.ts';

const columnsOf = (t: TFunction<'orders'>): readonly Column[] => [
  { key: 'time', label: t('time') },
  { key: 'bot', label: t('bot') },
  { key: 'instrument', label: t('instrument'), only: 'medium' },
  { key: 'side', label: t('side') },
  { key: 'type', label: t('type'), only: 'wide' },
  { key: 'price', label: t('price'), align: 'end' },
  { key: 'quantity', label: t('quantity'), align: 'end' },
  { key: 'filled', label: t('filled'), align: 'end', only: 'medium' },
  { key: 'status', label: t('status'), only: 'medium' },
  { key: 'cancel', label: '', align: 'end' },
];

const DAY_CHECK_MS = 60_000;

export interface OrdersTableProps {
  /** In the order that `sorting` asks for. */
  readonly orders: readonly Order[];
  /** Bot and instrument are left out where they are the same for all. */
  readonly showBot: boolean;
  readonly sorting: OrderSorting;
  readonly onSort: (sorting: OrderSorting) => void;
  readonly onTouch?: () => void;
}

export function OrdersTable({ orders, showBot, sorting, onSort, onTouch }: OrdersTableProps) {
  const { t } = useTranslation('orders');
  const columns = showBot
    ? columnsOf(t)
    : columnsOf(t).filter(({ key }) => key !== 'bot' && key !== 'instrument');
  return (
    <VirtualTable
      label={t('title')}
      columns={columns}
      count={orders.length}
      testId="orders-table"
      sorting={sorting}
      onSort={(key) => onSort(nextOrderSorting(sorting, key))}
      {...(onTouch !== undefined && { onTouch })}
    >
      {(index) => {
        const order = orders[index];
        return order && <OrderRow key={order.id} {...{ order, index, showBot }} />;
      }}
    </VirtualTable>
  );
}

interface OrderRowProps {
  readonly order: Order;
  readonly index: number;
  readonly showBot: boolean;
}

const OrderRow = memo(function OrderRow({ order, index, showBot }: OrderRowProps) {
  const { t } = useTranslation('orders');
  const words = useHubWords();
  const config = useBots(({ bots }) => bots[order.botId]?.config);
  const instrument = useInstrument(order.instrumentId);
  const now = useNow(DAY_CHECK_MS);
  return (
    <Row index={index} testId="order-row">
      <Cell tone="dim">{formatTime(order.createdTime, now)}</Cell>
      {showBot && (
        <Cell isName {...(config !== undefined && { title: config.name })}>
          {config?.name}
        </Cell>
      )}
      {showBot && <Cell only="medium">{symbolOf(order.instrumentId)}</Cell>}
      <Cell>
        <SideText side={order.side} />
      </Cell>
      <Cell only="wide" tone="dim" {...(order.why !== null && { title: words(order.why) })}>
        {t(`types.${order.type}`)}
        {order.ocoGroup !== null && (
          <span title={t('pairExplained')} data-testid="order-oco">
            {' · '}
            {t('pair')}
          </span>
        )}
      </Cell>
      <Cell align="end">
        {formatPriceDecimal(order.limitPrice ?? order.triggerPrice, instrument?.priceIncrement)}
      </Cell>
      <Cell align="end">{formatQuantity(order.quantity)}</Cell>
      <Cell align="end" only="medium" tone="dim">
        {formatQuantity(order.filledQuantity)}
      </Cell>
      <Cell only="medium" tone="dim" {...(order.reason !== null && { title: words(order.reason) })}>
        {t(`statuses.${order.status}`)}
      </Cell>
      <Cell align="end">
        {isOpen(order) && config !== undefined && config.strategy !== EXTERNAL_STRATEGY && (
          <CancelOrder orderId={order.id} />
        )}
      </Cell>
    </Row>
  );
});
