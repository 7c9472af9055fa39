import { useAlerts, useBotIds, useBots, useNotifications, useReplay } from '../app/app-context.ts';
import { isFiring } from '../stores/alert-store.ts';
import { type BotRecord, type BotState, positionsOf } from '../stores/bot-store.ts';

const botsOf = (bots: BotState['bots'], botIds: readonly string[] | null): readonly BotRecord[] =>
  (botIds ?? []).flatMap((botId) => bots[botId] ?? []);

export const useBotCount = (): number | null => useBotIds()?.length ?? null;

/** Those that are not flat. */
export function usePositionCount(): number {
  const botIds = useBotIds();
  return useBots(
    ({ bots }) =>
      botsOf(bots, botIds)
        .flatMap(positionsOf)
        .filter(({ averagePrice }) => averagePrice !== null).length,
  );
}

export function useOrderCount(): number {
  const botIds = useBotIds();
  return useBots(({ bots }) =>
    botsOf(bots, botIds).reduce((sum, bot) => sum + bot.openOrders.length, 0),
  );
}

export const useFiringCount = (): number =>
  useAlerts(({ alerts }) => alerts.filter(isFiring).length);

export const useUnreadCount = (): number => useNotifications((state) => state.unread);

export const useDeckCount = (): number | null =>
  useReplay((state) => Object.keys(state.decks).length || null);
