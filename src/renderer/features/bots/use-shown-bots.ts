import { useCallback, useMemo } from 'react';
import { useBotIds, useStores } from '../../app/app-context.ts';
import { type Paced, usePaced } from '../../app/use-paced.ts';
import { sameItems } from '../../stores/paced-view.ts';
import { type BotFilter, type BotSorting, shownBotIds } from './bot-order.ts';

export interface BotsWish {
  readonly filter: BotFilter;
  readonly sorting: BotSorting;
  readonly strategyName: (strategy: string) => string;
}

/** The ids of the bots that fit, in order. Values that move do not move rows on each of their steps. */
export function useShownBots({
  filter,
  sorting,
  strategyName,
}: BotsWish): Paced<readonly string[]> {
  const { bots, market } = useStores();
  const botIds = useBotIds();
  const sources = useMemo(() => [bots, market], [bots, market]);
  const derive = useCallback(() => {
    const known = bots.getState().bots;
    const feeds = market.getState().instrumentFeeds;
    const all = (botIds ?? []).flatMap((botId) => known[botId] ?? []);
    return shownBotIds(all, { filter, sorting }, { feeds, strategyName });
  }, [bots, market, botIds, filter, sorting, strategyName]);
  return usePaced(sources, derive, sameItems);
}
