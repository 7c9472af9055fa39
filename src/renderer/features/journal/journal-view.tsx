import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePanelAnswers, useSelection, useStores } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { DayField } from './day-field.tsx';
import styles from './journal.module.css';
import { JournalNote } from './journal-note.tsx';
import { NoteForm } from './note-form.tsx';
import { useEditedNotes } from './use-edited-notes.ts';
import { useJournal } from './use-journal.ts';

const cx = bindClassNames(styles);

/** Notes of one's own: on a fill, a day, or whatever comes to mind; with a picture of the chart. */
export function JournalView() {
  const { t } = useTranslation('journal');
  const { selectedInstrumentId } = useSelection();
  const [search, setSearch] = useState('');
  const [date, setDate] = useState<string | null>(null);
  const filter = useMemo(() => ({ search, ...(date !== null && { date }) }), [search, date]);
  const journal = useJournal(filter);
  const { entries } = journal;
  const { shown, isEdited, onEditing } = useEditedNotes(entries);
  const { journalNotes } = useStores();
  useEffect(
    () => (entries === null ? undefined : journalNotes.show(entries)),
    [journalNotes, entries],
  );
  const [askedId, setAskedId] = useState<string | null>(null);
  usePanelAnswers({
    'journal.edit': (entryId) => {
      setAskedId(entryId);
      if (entries?.some(({ id }) => id === entryId)) return;
      setSearch('');
      setDate(null);
    },
  });
  const isFiltered = search !== '' || date !== null;
  return (
    <div className={cx('view')}>
      <NoteForm write={journal.write} instrumentId={selectedInstrumentId} />
      <div className={cx('search')}>
        <SearchField
          isWide
          label={t('search')}
          value={search}
          testId="journal-search"
          onChange={setSearch}
        />
        <DayField
          label={t('onlyDay')}
          value={date ?? ''}
          testId="journal-only-day"
          onChange={setDate}
        />
      </div>
      {journal.error !== null && (
        <p className={cx('error')} role="alert">
          {journal.error}
        </p>
      )}
      {shown?.length === 0 && <EmptyState text={t(isFiltered ? 'notFound' : 'none')} />}
      <ol className={cx('notes')} data-testid="journal-notes">
        {shown?.map((entry) => (
          <JournalNote
            key={entry.id}
            isAsked={entry.id === askedId}
            onTaken={() => setAskedId(null)}
            isEdited={isEdited(entry)}
            {...{ entry, journal, onEditing }}
          />
        ))}
      </ol>
      {journal.hasMore && (
        <Button variant="quiet" onClick={journal.loadMore}>
          {t('more')}
        </Button>
      )}
    </div>
  );
}
