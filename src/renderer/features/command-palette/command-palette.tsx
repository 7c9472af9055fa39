import { type KeyboardEvent, useLayoutEffect, useMemo, useRef } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useKeymap, useStores } from '../../app/app-context.ts';
import type { ChoicePage } from '../../commands/choice.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './command-palette.module.css';
import { PaletteList } from './palette-list.tsx';
import type { Entry } from './search-entries.ts';
import { useEntries } from './use-entries.ts';

const cx = bindClassNames(styles);

export interface CommandPaletteProps {
  /** What was typed before it was here. */
  readonly typed: string;
  readonly onClose: () => void;
}

/** What can be done, and what can be gone to, by its name; or what a command asks before it is done. */
export default function CommandPalette({ typed, onClose }: CommandPaletteProps) {
  const { t } = useTranslation('command-palette');
  const { palette } = useStores();
  const page = useStore(palette, (state) => state.page);
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next key: an effect would come too late for it.
  useLayoutEffect(() => {
    dialog.current?.showModal();
    // Not what the dialog itself would choose.
    dialog.current?.querySelector('input')?.focus();
  }, []);
  const choose = ({ leadsTo }: Entry) => {
    if (typeof leadsTo !== 'function') {
      palette.setState({ page: leadsTo });
      return;
    }
    // Closed first: what it opens may want the focus. And gone, for the dialog tells of its end only
    // later, which would close a palette that is open again by then.
    dialog.current?.close();
    flushSync(onClose);
    leadsTo();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a dialog is closed by Escape by itself
    <dialog
      ref={dialog}
      className={cx('dialog')}
      aria-label={page?.question() ?? t('title')}
      data-testid="command-palette"
      onClose={onClose}
      onKeyDownCapture={ignoreHeldEnter}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget) currentTarget.close();
      }}
    >
      {page === null ? (
        <AllEntries typed={typed} onChoose={choose} />
      ) : (
        <Choices
          key={page.question()}
          page={page}
          onChoose={choose}
          onBack={() => palette.setState({ page: null })}
        />
      )}
    </dialog>
  );
}

interface AllEntriesProps {
  readonly typed: string;
  readonly onChoose: (entry: Entry) => void;
}

function AllEntries({ typed, onChoose }: AllEntriesProps) {
  const { t } = useTranslation('command-palette');
  const entries = useEntries(useKeymap());
  return (
    <PaletteList
      label={t('title')}
      placeholder={t('placeholder')}
      {...{ entries, typed, onChoose }}
    />
  );
}

interface ChoicesProps {
  readonly page: ChoicePage;
  readonly onChoose: (entry: Entry) => void;
  /** To all that there is. */
  readonly onBack: () => void;
}

function Choices({ page, onChoose, onBack }: ChoicesProps) {
  const question = page.question();
  const entries = useMemo(
    () => page.choices().map((choice): Entry => ({ ...choice, group: page.question() })),
    [page],
  );
  return (
    <PaletteList
      label={question}
      placeholder={question}
      typed=""
      {...{ entries, onChoose, onBack }}
    />
  );
}

/** A key that is held down has chosen once, and has not been asked what comes next. */
function ignoreHeldEnter(event: KeyboardEvent): void {
  if (!event.repeat || event.key !== 'Enter') return;
  event.preventDefault();
  event.stopPropagation();
}
