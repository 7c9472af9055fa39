import { useMemo } from 'react';
import type { Fill } from '#domain/fill.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './journal.module.css';
import { JournalNote } from './journal-note.tsx';
import { NoteForm } from './note-form.tsx';
import { useEditedNotes } from './use-edited-notes.ts';
import { useJournal } from './use-journal.ts';

const cx = bindClassNames(styles);

/** What the user has written on one fill, and room to write more. */
export default function FillNotes({ fill }: { readonly fill: Fill }) {
  const { botId, id: fillId, instrumentId } = fill;
  const subject = useMemo(() => ({ kind: 'fill' as const, botId, fillId }), [botId, fillId]);
  const journal = useJournal(useMemo(() => ({ fillId }), [fillId]));
  const { shown, isEdited, onEditing } = useEditedNotes(journal.entries);
  return (
    <div className={cx('inRow')} data-testid="fill-notes">
      {journal.error !== null && (
        <p className={cx('error')} role="alert">
          {journal.error}
        </p>
      )}
      <ol className={cx('notes')}>
        {shown?.map((entry) => (
          <JournalNote
            key={entry.id}
            isInPlace
            isEdited={isEdited(entry)}
            {...{ entry, journal, onEditing }}
          />
        ))}
      </ol>
      <NoteForm write={journal.write} about={subject} instrumentId={instrumentId} />
    </div>
  );
}
