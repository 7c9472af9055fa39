import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InstrumentId } from '#domain/instrument.ts';
import type { JournalSubject } from '#domain/journal.ts';
import { usePanelAnswers, useSelection } from '../../app/app-context.ts';
import { systemClock } from '../../client/system-clock.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { useCommand } from '../../ui/use-command.ts';
import { DayField } from './day-field.tsx';
import styles from './journal.module.css';
import { subjectOfNote, today } from './note-subject.ts';
import type { JournalState } from './use-journal.ts';

const cx = bindClassNames(styles);

const MOST_CHARACTERS = 2_500;

type SubjectKind = JournalSubject['kind'];

export interface NoteFormProps extends Pick<JournalState, 'write'> {
  /** Given: that it is about, and nothing else. */
  readonly about?: JournalSubject;
  readonly instrumentId: InstrumentId | null;
}

/** A new note, with a picture of the chart if one wants. */
export function NoteForm({ write, about, instrumentId }: NoteFormProps) {
  const { t } = useTranslation('journal');
  const { selectedBotId, revealed } = useSelection();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<SubjectKind>('none');
  /** Null: today, whenever that is when the note is written. */
  const [day, setDay] = useState<string | null>(null);
  const [withPicture, setWithPicture] = useState(true);
  const [pictureRefusal, setPictureRefusal] = useState<string | null>(null);
  const { isBusy, error, run } = useCommand();
  const fill =
    selectedBotId !== null && revealed !== null
      ? { kind: 'fill' as const, botId: selectedBotId, fillId: revealed.fillId }
      : null;
  const problem =
    error ?? (pictureRefusal === null ? null : t('noPicture', { why: pictureRefusal }));
  const textRef = useRef<HTMLTextAreaElement>(null);
  usePanelAnswers({ 'journal.write': () => textRef.current?.focus() });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const subject = about ?? subjectOfNote(kind, { fill, day, now: systemClock.now() });
    if (text.trim() === '') return;
    setPictureRefusal(null);
    const isWritten = await run(async () => {
      const reply = await write({ text, subject, instrumentId }, withPicture);
      if (reply.ok) setPictureRefusal(reply.value.pictureRefusal);
      return reply;
    });
    if (isWritten) setText('');
  };
  return (
    <form className={cx('form')} onSubmit={(event) => void submit(event)}>
      <textarea
        ref={textRef}
        className={cx('text')}
        aria-label={t('note')}
        placeholder={t('placeholder')}
        data-testid="journal-text"
        maxLength={MOST_CHARACTERS}
        rows={about === undefined ? 3 : 2}
        value={text}
        // What is typed while it is being kept would be lost.
        readOnly={isBusy}
        onChange={({ target }) => setText(target.value)}
      />
      <span className={cx('controls')}>
        {about === undefined && (
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
        )}
        {about === undefined && kind === 'day' && (
          <DayField
            label={t('day')}
            value={day ?? today(systemClock.now())}
            testId="journal-day"
            onChange={setDay}
          />
        )}
        <label>
          <input
            type="checkbox"
            checked={withPicture}
            onChange={({ target }) => setWithPicture(target.checked)}
          />{' '}
          {t('withChart')}
        </label>
        {problem !== null && (
          <span className={cx('error')} role="alert">
            {problem}
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
