import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalEntry } from '#domain/journal.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { useFollowedDraft } from '../../ui/followed-draft.ts';
import { useCommand } from '../../ui/use-command.ts';
import styles from './journal.module.css';
import type { JournalState } from './use-journal.ts';

const cx = bindClassNames(styles);

export interface EditedNoteProps {
  readonly entry: JournalEntry;
  readonly rewrite: JournalState['rewrite'];
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** It is kept, or left as it was. */
  readonly onDone: () => void;
}

/** The text of a note while it is being changed. */
export function EditedNote({ entry, rewrite, field, onDone }: EditedNoteProps) {
  const { t } = useTranslation('journal');
  const { t: ofAll } = useTranslation('common');
  const kept = { text: entry.text };
  const { draft, setDraft, isContested } = useFollowedDraft(kept, () => kept);
  const { isBusy, error, run } = useCommand();
  const keep = async () => {
    if (await run(() => rewrite(entry, draft.text))) onDone();
  };
  return (
    <>
      <textarea
        ref={field}
        data-testid="journal-note-text"
        className={cx('text')}
        aria-label={t('note')}
        rows={3}
        value={draft.text}
        // What is typed while it is being kept would be lost.
        readOnly={isBusy}
        onChange={({ target }) => setDraft({ text: target.value })}
      />
      <span className={cx('controls')}>
        <span className={cx('buttons')}>
          <Button variant="quiet" disabled={isBusy} onClick={onDone} testId="journal-cancel">
            {t('cancel')}
          </Button>
          <Button disabled={isBusy} onClick={() => void keep()} testId="journal-keep">
            {t('save')}
          </Button>
        </span>
      </span>
      {(error !== null || isContested) && (
        <p className={cx('error')} role="alert">
          {error ?? ofAll('contested')}
        </p>
      )}
    </>
  );
}
