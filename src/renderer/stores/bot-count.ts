import { channel } from '#contract/channels.ts';
import { deckOfBot } from '#contract/decks.ts';
import type { SyncContext } from './sync-context.ts';

/**
 * Tells where there are more bots or fewer than the page knows of: another window, a program or a bot
 * of its own has made one or put one away. What all bots add up to says how many they are.
 */
export function watchBotCount(
  { client, stores }: Pick<SyncContext, 'client' | 'stores'>,
  userId: string,
  onOthers: () => void,
): () => void {
  // What was told once is not told of again: the answer may be older than the next sum.
  let toldOf: number | null = null;
  const countHere = () => {
    const { botIds } = stores.bots.getState();
    return botIds?.filter((botId) => deckOfBot(botId) === undefined).length ?? null;
  };
  return client.subscribe(channel.user(userId, 'balance'), {
    onPush: (push) => {
      if (push.event !== 'balance') return;
      const count = push.payload.balances.reduce((sum, { bots }) => sum + bots, 0);
      const here = countHere();
      if (here === null || count === here) toldOf = null;
      else if (count !== toldOf) {
        toldOf = count;
        onOthers();
      }
    },
  });
}
