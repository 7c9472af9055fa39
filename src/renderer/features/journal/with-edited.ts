import type { JournalEntry } from '#domain/journal.ts';

/** Notes that are being edited, by their ids, as they were shown last. */
export type EditedNotes = ReadonlyMap<string, JournalEntry>;

/**
 * The notes that are found, and those of which something is typed: another window may have removed one
 * meanwhile, or one searches for something else, and what is typed must not go with it. Newest first.
 */
export function withEdited(
  found: readonly JournalEntry[],
  edited: EditedNotes,
): readonly JournalEntry[] {
  const ids = new Set(found.map(({ id }) => id));
  const others = [...edited.values()].filter(({ id }) => !ids.has(id));
  if (others.length === 0) return found;
  return [...found, ...others].sort((one, other) => other.createdTime - one.createdTime);
}
