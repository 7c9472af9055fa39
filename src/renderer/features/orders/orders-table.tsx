import { symbolOf } from '#domain/instrument.ts';
import type { Order, OrderType } from '#domain/order.ts';
import { useBot, useConnection, useHubClient, useInstrument } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatPriceDecimal, formatQuantity, formatTime } from '../../ui/format.ts';
import { SideText } from '../../ui/side-text.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { useNow } from '../../ui/use-now.ts';

const COLUMNS: readonly Column[] = [
  { key: 'time', label: 'Time' },
  { key: 'bot', label: 'Bot' },
  { key: 'instrument', label: 'Instrument', only: 'medium' },
  { key: 'side', label: 'Side' },
  { key: 'type', label: 'Type', only: 'wide' },
  { key: 'price', label: 'Price', align: 'end' },
  { key: 'quantity', label: 'Quantity', align: 'end' },
  { key: 'filled', label: 'Filled', align: 'end', only: 'medium' },
  { key: 'status', label: 'Status', only: 'wide' },
  { key: 'cancel', label: '', align: 'end' },
];

const TYPE_WORDS: Readonly<Record<OrderType, string>> = {
  market: 'market',
  limit: 'limit',
  stop: 'stop',
  stopLimit: 'stop limit',
  trailingStop: 'trailing stop',
};

const DAY_CHECK_MS = 60_000;

export interface OrdersTableProps {
  /** Newest first. */
  readonly orders: readonly Order[];
  /** Bot and instrument are left out where they are the same for all. */
  readonly showBot: boolean;
}

export function OrdersTable({ orders, showBot }: OrdersTableProps) {
  if (orders.length === 0) return <EmptyState text="No open orders" />;
  const columns = showBot
    ? COLUMNS
    : COLUMNS.filter(({ key }) => key !== 'bot' && key !== 'instrument');
  return (
    <Table label="Open orders, newest first" columns={columns} testId="orders-table">
      {orders.map((order) => (
        <OrderRow key={order.id} order={order} showBot={showBot} />
      ))}
    </Table>
  );
}

function OrderRow({ order, showBot }: { readonly order: Order; readonly showBot: boolean }) {
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
      <Cell only="wide" tone="dim">
        {TYPE_WORDS[order.type]}
      </Cell>
      <Cell align="end">
        {formatPriceDecimal(order.limitPrice ?? order.triggerPrice, instrument?.priceIncrement)}
      </Cell>
      <Cell align="end">{formatQuantity(order.quantity)}</Cell>
      <Cell align="end" only="medium" tone="dim">
        {formatQuantity(order.filledQuantity)}
      </Cell>
      <Cell only="wide" tone="dim">
        {order.status === 'partiallyFilled' ? 'partially filled' : order.status}
      </Cell>
      <Cell align="end">
        <CancelButton orderId={order.id} />
      </Cell>
    </Row>
  );
}

function CancelButton({ orderId }: { readonly orderId: string }) {
  const client = useHubClient();
  const isConnected = useConnection((state) => state.connection.kind === 'connected');
  const { isBusy, error, run } = useCommand();
  return (
    <Button
      variant={error === null ? 'quiet' : 'danger'}
      disabled={isBusy || !isConnected}
      title={error ?? 'Cancel this order'}
      onClick={() => void run(() => client.request('orders.cancel', { orderId }))}
    >
      {error === null ? 'Cancel' : 'Failed'}
    </Button>
  );
}
