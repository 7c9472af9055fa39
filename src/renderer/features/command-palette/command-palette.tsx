import { Command as Palette } from 'cmdk';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeymap } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './command-palette.module.css';
import { type Entry, groupEntries, searchEntries } from './search-entries.ts';
import { useEntries } from './use-entries.ts';

const cx = bindClassNames(styles);

const MOST_SHOWN = 60;

export interface CommandPaletteProps {
  /** What was typed before it was here. */
  readonly typed: string;
  readonly onClose: () => void;
}

/** What can be done, and what can be gone to, by its name. */
export default function CommandPalette({ typed, onClose }: CommandPaletteProps) {
  const { t } = useTranslation('command-palette');
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState(typed);
  const entries = useEntries(useKeymap());
  const groups = useMemo(
    () => groupEntries(searchEntries(entries, query, MOST_SHOWN)),
    [entries, query],
  );
  // Before the next key: an effect would come too late for it.
  useLayoutEffect(() => {
    dialog.current?.showModal();
    // Not what the dialog itself would choose.
    input.current?.focus();
  }, []);
  const run = (entry: Entry) => {
    // Closed first: what it opens may want the focus.
    dialog.current?.close();
    entry.run();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a dialog is closed by Escape by itself
    <dialog
      ref={dialog}
      className={cx('dialog')}
      aria-label={t('title')}
      data-testid="command-palette"
      onClose={onClose}
      onClick={({ target, currentTarget }) => {
        if (target === currentTarget) currentTarget.close();
      }}
    >
      <Palette label={t('title')} shouldFilter={false} loop className={cx('palette')}>
        <Palette.Input
          ref={input}
          value={query}
          onValueChange={setQuery}
          placeholder={t('placeholder')}
          className={cx('input')}
        />
        <Palette.List className={cx('list')} label={t('title')}>
          <Palette.Empty className={cx('empty')}>{t('nothing')}</Palette.Empty>
          {groups.map(([group, inside]) => (
            <Palette.Group key={group} heading={group} className={cx('group')}>
              {inside.map((entry) => (
                <Palette.Item
                  key={entry.id}
                  value={entry.id}
                  className={cx('item')}
                  data-testid={`palette-${entry.id}`}
                  onSelect={() => run(entry)}
                >
                  <span className={cx('title')}>{entry.title}</span>
                  {entry.shortcut !== undefined && (
                    <kbd className={cx('keys')}>{entry.shortcut}</kbd>
                  )}
                </Palette.Item>
              ))}
            </Palette.Group>
          ))}
        </Palette.List>
      </Palette>
    </dialog>
  );
}
