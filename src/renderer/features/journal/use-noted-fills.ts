import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useHubClient, useStores } from '../../app/app-context.ts';
import { loadJournalMarks } from '../../stores/journal-marks.ts';

const NONE: ReadonlySet<string> = new Set();

/** The fills of a bot that the user has written on; null: of none. */
export function useNotedFills(botId: string | null): ReadonlySet<string> {
  const client = useHubClient();
  const { journalMarks } = useStores();
  useEffect(() => {
    if (botId === null) return;
    return client.onConnection(({ kind }) => {
      if (kind === 'connected') void loadJournalMarks(client, journalMarks, botId);
    });
  }, [client, journalMarks, botId]);
  return useStore(journalMarks, (marks) => (botId === null ? NONE : (marks[botId] ?? NONE)));
}
