import type { BotConfig } from '#domain/bot.ts';
import type { AskedBacktest } from './backtest-store.ts';
import { deckOf, type ReplayState } from './replay-store.ts';

/** The bot over all that there is; one of a replay deck on the deck's own instrument and stretch. */
export function askedBacktest(bot: BotConfig, replay: ReplayState): AskedBacktest {
  const deck = deckOf(replay, bot.instrumentId);
  const played = deck?.instruments.find(({ id }) => id === bot.instrumentId);
  if (deck === undefined || played === undefined) return { bot, stretch: null };
  const { fromTime, toTime } = deck;
  return { bot: { ...bot, instrumentId: played.sourceId }, stretch: { fromTime, toTime } };
}
