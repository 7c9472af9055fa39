import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HubClient } from '../client/hub-client.ts';

/** The fills that the user has written on, by bot; of bots that were asked for. */
export type JournalMarks = Readonly<Record<string, ReadonlySet<string>>>;
export type JournalMarksStore = StoreApi<JournalMarks>;

export const createJournalMarks = (): JournalMarksStore => createStore<JournalMarks>(() => ({}));

/** Asks the hub which fills of a bot have notes. What cannot be had now stays as it was. */
export async function loadJournalMarks(
  client: Pick<HubClient, 'request'>,
  store: JournalMarksStore,
  botId: string,
): Promise<void> {
  const reply = await client.request('journal.marks', { botId });
  if (reply.ok) store.setState({ [botId]: new Set(reply.value.fillIds) });
}
