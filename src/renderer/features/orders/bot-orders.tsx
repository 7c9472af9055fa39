import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Order } from '#domain/order.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { NEWEST_FIRST, shownOrders } from './order-order.ts';
import { OrdersTable } from './orders-table.tsx';

const NO_NAME = () => '';

/** The open orders of one bot. */
export function BotOrders({ orders }: { readonly orders: readonly Order[] }) {
  const { t } = useTranslation('orders');
  const [sorting, setSorting] = useState(NEWEST_FIRST);
  const sorted = useMemo(
    () => shownOrders(orders, { search: '', sorting }, NO_NAME),
    [orders, sorting],
  );
  if (orders.length === 0) return <EmptyState text={t('none')} />;
  return <OrdersTable orders={sorted} showBot={false} sorting={sorting} onSort={setSorting} />;
}
