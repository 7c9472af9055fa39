import { useCallback, useMemo } from 'react';
import { useBotIds, useStores } from '../../app/app-context.ts';
import { type Paced, usePaced } from '../../app/use-paced.ts';
import { sameItems } from '../../stores/paced-view.ts';
import { type PositionFilter, type PositionSorting, shownPositions } from './position-order.ts';

/** The ids of the bots whose positions fit, in order; PnL that moves does not move rows each time. */
export function useShownPositions(
  filter: PositionFilter,
  sorting: PositionSorting,
): Paced<readonly string[]> {
  const { bots, market } = useStores();
  const botIds = useBotIds();
  const sources = useMemo(() => [bots, market], [bots, market]);
  const derive = useCallback(() => {
    const known = bots.getState().bots;
    const { tickers } = market.getState();
    const all = (botIds ?? []).flatMap((botId) => known[botId] ?? []);
    return shownPositions(all, { filter, sorting }, (id) => tickers[id]?.price ?? null);
  }, [bots, market, botIds, filter, sorting]);
  return usePaced(sources, derive, sameItems);
}
