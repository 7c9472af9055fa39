import type { InstrumentId } from '#domain/instrument.ts';
import type { BotState } from './bot-store.ts';
import { type InstrumentState, instrumentById } from './instrument-store.ts';

/** What a bot trades; undefined where there is nothing of it to be shown, as of one that runs elsewhere. */
export function tradedInstrument(
  botId: string,
  { bots }: Pick<BotState, 'bots'>,
  instruments: InstrumentState,
): InstrumentId | undefined {
  const id = bots[botId]?.config.instrumentId;
  return id && instrumentById(instruments, id)?.id;
}
