import { useMemo } from 'react';
import { useBots } from '../../app/app-context.ts';
import { OrdersTable } from './orders-table.tsx';

/** The open orders of all bots. */
export function OrdersView() {
  const bots = useBots((state) => state.bots);
  const orders = useMemo(
    () =>
      Object.values(bots)
        .flatMap((bot) => bot.openOrders)
        .sort((a, b) => b.createdTime - a.createdTime),
    [bots],
  );
  return <OrdersTable orders={orders} showBot />;
}
