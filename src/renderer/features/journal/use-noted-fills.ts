import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useHubClient, useStores } from '../../app/app-context.ts';
import { onAttention } from '../../app/on-attention.ts';
import { loadJournalMarks } from '../../stores/journal-marks.ts';

const NONE: ReadonlySet<string> = new Set();

/** The fills of a bot that the user has written on; null: of none. */
export function useNotedFills(botId: string | null): ReadonlySet<string> {
  const client = useHubClient();
  const { journalMarks } = useStores();
  useEffect(() => {
    if (botId === null) return;
    const load = () => void loadJournalMarks(client, journalMarks, botId);
    const ends = [
      client.onConnection(({ kind }) => {
        if (kind === 'connected') load();
      }),
      onAttention(load),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [client, journalMarks, botId]);
  return useStore(journalMarks, (marks) => (botId === null ? NONE : (marks[botId] ?? NONE)));
}
