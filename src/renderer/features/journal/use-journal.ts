import { useCallback, useEffect, useRef, useState } from 'react';
import type { Result } from '#contract/errors.ts';
import type { RequestInput } from '#contract/requests.ts';
import type { JournalEntry } from '#domain/journal.ts';
import { useHubClient, useStores } from '../../app/app-context.ts';
import { onAttention } from '../../app/on-attention.ts';
import { changingNote, removeNote } from '../../stores/journal-notes.ts';
import { type WrittenNote, writeNote } from './write-note.ts';

export interface JournalState {
  /** Newest first; null until the hub has answered. */
  readonly entries: readonly JournalEntry[] | null;
  readonly error: string | null;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
  readonly write: (
    draft: RequestInput<'journal.write'>,
    withPicture: boolean,
  ) => Promise<Result<WrittenNote>>;
  readonly rewrite: (entry: JournalEntry, text: string) => Promise<Result<unknown>>;
  readonly remove: (entry: JournalEntry) => Promise<Result<unknown>>;
}

const PAGE = 50;
/** In one answer of the hub. */
const MOST = 500;

/** Which notes are wanted; must keep its identity while it is the same. */
export type JournalFilter = Pick<RequestInput<'journal.list'>, 'search' | 'date' | 'fillId'>;

/** The user's own notes, searched, and what he does to them. */
export function useJournal(filter: JournalFilter): JournalState {
  const client = useHubClient();
  const stores = useStores();
  const { chartPictures, journalNotes } = stores;
  const [entries, setEntries] = useState<readonly JournalEntry[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  /** Older ones that were asked for stay when all are asked for anew. */
  const shownCount = useRef(0);

  const load = useCallback(
    async (before: string | null, isWanted: () => boolean) => {
      const place =
        before === null
          ? { limit: Math.min(MOST, Math.max(PAGE, shownCount.current)) }
          : { limit: PAGE, before };
      const reply = await client.request('journal.list', { ...filter, ...place });
      if (!isWanted()) return;
      setError(reply.ok ? null : reply.error.message);
      if (!reply.ok) return;
      const { items, nextBefore } = reply.value;
      shownCount.current = items.length + (before === null ? 0 : shownCount.current);
      setEntries((known) => (before === null ? items : [...(known ?? []), ...items]));
      setNext(nextBefore);
    },
    [client, filter],
  );
  useEffect(() => {
    let isWanted = true;
    shownCount.current = 0;
    const loadAll = () => load(null, () => isWanted);
    const ends = [
      client.onConnection(({ kind }) => {
        if (kind === 'connected') void loadAll();
      }),
      journalNotes.read(loadAll),
      // Nobody is told of what another window writes.
      onAttention(() => void loadAll()),
    ];
    return () => {
      isWanted = false;
      for (const end of ends) end();
    };
  }, [client, journalNotes, load]);

  const parts = { client, stores };
  return {
    ...{ entries, error, hasMore: next !== null },
    loadMore: () => void load(next, () => true),
    write: async (draft, withPicture) => {
      const picture = withPicture ? await chartPictures.take(draft.instrumentId ?? null) : null;
      const subject = draft.subject ?? { kind: 'none' };
      return changingNote(parts, subject, writeNote(client, draft, picture));
    },
    rewrite: ({ id, subject }, text) =>
      changingNote(parts, subject, client.request('journal.rewrite', { entryId: id, text })),
    remove: (entry) => removeNote(parts, entry),
  };
}
