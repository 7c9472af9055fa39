import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { symbolOf } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import { useBot, useConnection, useHubClient, useInstrument } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatPriceDecimal, formatQuantity, formatTime } from '../../ui/format.ts';
import { SideText } from '../../ui/side-text.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { useNow } from '../../ui/use-now.ts';

const columnsOf = (t: TFunction<'orders'>): readonly Column[] => [
  { key: 'time', label: t('time') },
  { key: 'bot', label: t('bot') },
  { key: 'instrument', label: t('instrument'), only: 'medium' },
  { key: 'side', label: t('side') },
  { key: 'type', label: t('type'), only: 'wide' },
  { key: 'price', label: t('price'), align: 'end' },
  { key: 'quantity', label: t('quantity'), align: 'end' },
  { key: 'filled', label: t('filled'), align: 'end', only: 'medium' },
  { key: 'status', label: t('status'), only: 'wide' },
  { key: 'cancel', label: '', align: 'end' },
];

const DAY_CHECK_MS = 60_000;

export interface OrdersTableProps {
  /** Newest first. */
  readonly orders: readonly Order[];
  /** Bot and instrument are left out where they are the same for all. */
  readonly showBot: boolean;
}

export function OrdersTable({ orders, showBot }: OrdersTableProps) {
  const { t } = useTranslation('orders');
  if (orders.length === 0) return <EmptyState text={t('none')} />;
  const columns = showBot
    ? columnsOf(t)
    : columnsOf(t).filter(({ key }) => key !== 'bot' && key !== 'instrument');
  return (
    <Table label={t('label')} columns={columns} testId="orders-table">
      {orders.map((order) => (
        <OrderRow key={order.id} order={order} showBot={showBot} />
      ))}
    </Table>
  );
}

function OrderRow({ order, showBot }: { readonly order: Order; readonly showBot: boolean }) {
  const { t } = useTranslation('orders');
  const bot = useBot(order.botId);
  const instrument = useInstrument(order.instrumentId);
  const now = useNow(DAY_CHECK_MS);
  return (
    <Row testId="order-row">
      <Cell tone="dim">{formatTime(order.createdTime, now)}</Cell>
      {showBot && <Cell>{bot?.config.name}</Cell>}
      {showBot && <Cell only="medium">{symbolOf(order.instrumentId)}</Cell>}
      <Cell>
        <SideText side={order.side} />
      </Cell>
      <Cell only="wide" tone="dim" {...(order.why !== null && { title: order.why })}>
        {t(`types.${order.type}`)}
      </Cell>
      <Cell align="end">
        {formatPriceDecimal(order.limitPrice ?? order.triggerPrice, instrument?.priceIncrement)}
      </Cell>
      <Cell align="end">{formatQuantity(order.quantity)}</Cell>
      <Cell align="end" only="medium" tone="dim">
        {formatQuantity(order.filledQuantity)}
      </Cell>
      <Cell only="wide" tone="dim">
        {t(`statuses.${order.status}`)}
      </Cell>
      <Cell align="end">
        <CancelButton orderId={order.id} />
      </Cell>
    </Row>
  );
}

function CancelButton({ orderId }: { readonly orderId: string }) {
  const { t } = useTranslation('orders');
  const client = useHubClient();
  const isConnected = useConnection((state) => state.connection.kind === 'connected');
  const { isBusy, error, run } = useCommand();
  return (
    <Button
      variant={error === null ? 'quiet' : 'danger'}
      disabled={isBusy || !isConnected}
      title={error ?? t('cancelExplained')}
      onClick={() => void run(() => client.request('orders.cancel', { orderId }))}
    >
      {error === null ? t('cancel') : t('failed')}
    </Button>
  );
}
