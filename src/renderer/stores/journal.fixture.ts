import type { JournalEntry } from '#domain/journal.ts';
import type { EpochMs } from '#domain/units.ts';

/** A note about nothing in particular, unless `changes` say otherwise. */
export const journalEntry = (
  id: string,
  text: string,
  changes: Partial<JournalEntry> = {},
): JournalEntry => ({
  ...{ id, text, subject: { kind: 'none' }, instrumentId: null, hasSnapshot: false },
  ...{ createdTime: 1_000 as EpochMs, updatedTime: 1_000 as EpochMs, ...changes },
});
