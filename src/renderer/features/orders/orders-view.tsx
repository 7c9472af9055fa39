import { useMemo } from 'react';
import { useBotIds, useBots } from '../../app/app-context.ts';
import { OrdersTable } from './orders-table.tsx';

/** The open orders of all bots. */
export function OrdersView() {
  const bots = useBots((state) => state.bots);
  const botIds = useBotIds();
  const orders = useMemo(
    () =>
      (botIds ?? [])
        .flatMap((botId) => bots[botId]?.openOrders ?? [])
        .sort((a, b) => b.createdTime - a.createdTime),
    [bots, botIds],
  );
  return <OrdersTable orders={orders} showBot />;
}
