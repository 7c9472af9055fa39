import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '#domain/journal.ts';
import { useActions, useHubClient } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatFullDateTime } from '../../ui/format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { EditedNote } from './edited-note.tsx';
import styles from './journal.module.css';
import type { JournalState } from './use-journal.ts';

const cx = bindClassNames(styles);

export interface JournalNoteProps {
  readonly entry: JournalEntry;
  readonly journal: Pick<JournalState, 'rewrite' | 'remove'>;
  /** It stands beside what it is about. */
  readonly isInPlace?: boolean;
  /** A command wants it edited. */
  readonly isAsked?: boolean;
  readonly onTaken?: () => void;
  readonly isEdited: boolean;
  /** It is being edited from now on, or no longer. */
  readonly onEditing: (entry: JournalEntry, isEdited: boolean) => void;
}

/** One note, which is changed in its place. */
export function JournalNote(props: JournalNoteProps) {
  const { entry, journal, isInPlace = false, isAsked = false, onTaken } = props;
  const { isEdited, onEditing } = props;
  const { t } = useTranslation('journal');
  const [isRemoving, setIsRemoving] = useState(false);
  const { isBusy, error, run } = useCommand();
  const field = useRef<HTMLTextAreaElement>(null);
  const wantsFocus = useRef(false);
  const edit = useCallback(() => {
    onEditing(entry, true);
    wantsFocus.current = true;
  }, [entry, onEditing]);
  const leave = () => onEditing(entry, false);
  useEffect(() => {
    if (!isAsked) return;
    edit();
    onTaken?.();
  }, [isAsked, onTaken, edit]);
  useEffect(() => {
    if (!wantsFocus.current || field.current === null) return;
    wantsFocus.current = false;
    field.current.focus();
  });
  const remove = async () => {
    if (await run(() => journal.remove(entry))) leave();
  };
  return (
    <li className={cx('entry')} data-testid="journal-note">
      <header className={cx('head')}>
        <time>{formatFullDateTime(entry.createdTime)}</time>
        {!isInPlace && <Subject entry={entry} />}
        {entry.updatedTime !== entry.createdTime && <span>{t('changed')}</span>}
        <span className={cx('buttons')}>
          {!isEdited && (
            <Button variant="quiet" onClick={edit} testId="journal-edit">
              {t('edit')}
            </Button>
          )}
          <Button
            variant={isRemoving ? 'danger' : 'quiet'}
            disabled={isBusy}
            testId="journal-remove"
            onBlur={() => setIsRemoving(false)}
            onClick={() => {
              if (isRemoving) void remove();
              else setIsRemoving(true);
            }}
          >
            {t(isRemoving ? 'removeReally' : 'remove')}
          </Button>
        </span>
      </header>
      {isEdited ? (
        <EditedNote {...{ entry, field }} rewrite={journal.rewrite} onDone={leave} />
      ) : (
        <p className={cx('said')}>{entry.text}</p>
      )}
      {error !== null && (
        <p className={cx('error')} role="alert">
          {error}
        </p>
      )}
      {entry.hasSnapshot && <Snapshot entryId={entry.id} />}
    </li>
  );
}

function Subject({ entry: { subject, instrumentId } }: { readonly entry: JournalEntry }) {
  const { t } = useTranslation('journal');
  const { reveal, selectInstrument } = useActions();
  return (
    <>
      {subject.kind === 'day' && <span>{t('onDay', { date: subject.date })}</span>}
      {subject.kind === 'fill' && (
        <LinkButton onClick={() => reveal({ botId: subject.botId, fillId: subject.fillId })}>
          {t('onFill', { fill: subject.fillId })}
        </LinkButton>
      )}
      {instrumentId !== null && (
        <LinkButton onClick={() => selectInstrument(instrumentId)}>{instrumentId}</LinkButton>
      )}
    </>
  );
}

/** Fetched when it is asked for: pictures are large. */
function Snapshot({ entryId }: { readonly entryId: string }) {
  const { t } = useTranslation('journal');
  const client = useHubClient();
  const [source, setSource] = useState<string | null>(null);
  const { isBusy, error, run } = useCommand();
  const show = () =>
    run(async () => {
      const reply = await client.request('journal.snapshot', { entryId });
      if (reply.ok) setSource(`data:${reply.value.mediaType};base64,${reply.value.data}`);
      return reply;
    });
  if (source !== null) {
    return (
      <img
        className={cx('picture')}
        src={source}
        alt={t('picture')}
        data-testid="journal-picture"
      />
    );
  }
  return (
    <Button
      variant="quiet"
      disabled={isBusy}
      title={error ?? undefined}
      testId="journal-show-picture"
      onClick={() => void show()}
    >
      {t('showPicture')}
    </Button>
  );
}
