import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalSubject } from '#domain/journal.ts';
import { useSelection } from '../../app/app-context.ts';
import { systemClock } from '../../client/system-clock.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useCommand } from '../../ui/use-command.ts';
import styles from './journal.module.css';
import { JournalNote } from './journal-note.tsx';
import { type JournalState, useJournal } from './use-journal.ts';

const cx = bindClassNames(styles);

const MOST_CHARACTERS = 2_500;

/** Notes of one's own: on a fill, a day, or whatever comes to mind; with a picture of the chart. */
export function JournalView() {
  const { t } = useTranslation('journal');
  const [search, setSearch] = useState('');
  const journal = useJournal(search);
  return (
    <div className={cx('view')}>
      <NoteForm write={journal.write} />
      <div className={cx('search')}>
        <SearchField
          isWide
          label={t('search')}
          value={search}
          testId="journal-search"
          onChange={setSearch}
        />
      </div>
      {journal.error !== null && (
        <p className={cx('error')} role="alert">
          {journal.error}
        </p>
      )}
      {journal.entries?.length === 0 && (
        <EmptyState text={t(search === '' ? 'none' : 'notFound')} />
      )}
      <ol className={cx('notes')} data-testid="journal-notes">
        {journal.entries?.map((entry) => (
          <JournalNote key={`${entry.id}-${entry.updatedTime}`} {...{ entry, journal }} />
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

type SubjectKind = JournalSubject['kind'];

function NoteForm({ write }: Pick<JournalState, 'write'>) {
  const { t } = useTranslation('journal');
  const { selectedInstrumentId, selectedBotId, revealedFillId } = useSelection();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<SubjectKind>('none');
  const [withPicture, setWithPicture] = useState(true);
  const { isBusy, error, run } = useCommand();
  const fill =
    selectedBotId !== null && revealedFillId !== null
      ? { kind: 'fill' as const, botId: selectedBotId, fillId: revealedFillId }
      : null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const subject = subjectOf(kind, fill);
    const draft = { text, subject, instrumentId: selectedInstrumentId };
    if (text.trim() !== '' && (await run(() => write(draft, withPicture)))) setText('');
  };
  return (
    <form className={cx('form')} onSubmit={(event) => void submit(event)}>
      <textarea
        className={cx('text')}
        aria-label={t('note')}
        placeholder={t('placeholder')}
        data-testid="journal-text"
        maxLength={MOST_CHARACTERS}
        rows={3}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <span className={cx('controls')}>
        <select
          aria-label={t('subject')}
          data-testid="journal-subject"
          value={kind}
          onChange={({ target }) => setKind(target.value as SubjectKind)}
        >
          <option value="none">{t('subjects.none')}</option>
          <option value="day">{t('subjects.day')}</option>
          {fill !== null && <option value="fill">{t('subjects.fill')}</option>}
        </select>
        <label>
          <input
            type="checkbox"
            checked={withPicture}
            onChange={({ target }) => setWithPicture(target.checked)}
          />{' '}
          {t('withChart')}
        </label>
        {error !== null && (
          <span className={cx('error')} role="alert">
            {error}
          </span>
        )}
        <Button
          variant="accent"
          type="submit"
          testId="journal-write"
          disabled={isBusy || text.trim() === ''}
        >
          {t('write')}
        </Button>
      </span>
    </form>
  );
}

function subjectOf(
  kind: SubjectKind,
  fill: Extract<JournalSubject, { kind: 'fill' }> | null,
): JournalSubject {
  if (kind === 'fill' && fill !== null) return fill;
  if (kind !== 'day') return { kind: 'none' };
  return {
    kind: 'day',
    date: new Date(systemClock.now()).toISOString().slice(0, 'yyyy-mm-dd'.length),
  };
}
