import { useCallback, useMemo } from 'react';
import type { Order } from '#domain/order.ts';
import { useBotIds, useStores } from '../../app/app-context.ts';
import { type Paced, usePaced } from '../../app/use-paced.ts';
import { sameItems } from '../../stores/paced-view.ts';

/** The open orders of all bots. */
export function useOpenOrders(): Paced<readonly Order[]> {
  const { bots } = useStores();
  const botIds = useBotIds();
  const sources = useMemo(() => [bots], [bots]);
  const derive = useCallback(() => {
    const known = bots.getState().bots;
    return (botIds ?? []).flatMap((botId) => known[botId]?.openOrders ?? []);
  }, [bots, botIds]);
  return usePaced(sources, derive, sameItems);
}
