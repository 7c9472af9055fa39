import { useCallback, useMemo } from 'react';
import { useBotIds, useStores } from '../../app/app-context.ts';
import { type Paced, usePaced } from '../../app/use-paced.ts';
import {
  type PositionFilter,
  type PositionPlace,
  type PositionSorting,
  shownPositions,
} from './position-order.ts';

/** The positions that fit, in order; PnL that moves does not move rows each time. */
export function useShownPositions(
  filter: PositionFilter,
  sorting: PositionSorting,
): Paced<readonly PositionPlace[]> {
  const { bots, market } = useStores();
  const botIds = useBotIds();
  const sources = useMemo(() => [bots, market], [bots, market]);
  const derive = useCallback(() => {
    const known = bots.getState().bots;
    const { tickers } = market.getState();
    const all = (botIds ?? []).flatMap((botId) => known[botId] ?? []);
    return shownPositions(all, { filter, sorting }, (id) => tickers[id]?.price ?? null);
  }, [bots, market, botIds, filter, sorting]);
  return usePaced(sources, derive, samePlaces);
}

const samePlaces = (a: readonly PositionPlace[], b: readonly PositionPlace[]): boolean =>
  a.length === b.length &&
  a.every(
    ({ botId, instrumentId }, index) =>
      botId === b[index]?.botId && instrumentId === b[index].instrumentId,
  );
