import { useCallback, useState } from 'react';
import type { JournalEntry } from '#domain/journal.ts';
import { type EditedNotes, withEdited } from './with-edited.ts';

const NONE: EditedNotes = new Map();

/** The notes to be shown, with those that are being edited whatever becomes of them elsewhere. */
export function useEditedNotes(found: readonly JournalEntry[] | null) {
  const [edited, setEdited] = useState(NONE);
  const onEditing = useCallback(
    (entry: JournalEntry, isEdited: boolean) =>
      setEdited((known) => {
        const others = [...known].filter(([id]) => id !== entry.id);
        return new Map(isEdited ? [...others, [entry.id, entry]] : others);
      }),
    [],
  );
  const isEdited = ({ id }: JournalEntry): boolean => edited.has(id);
  return { shown: found && withEdited(found, edited), isEdited, onEditing };
}
