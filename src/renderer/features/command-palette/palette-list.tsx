import { Command as Palette } from 'cmdk';
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bindClassNames } from '../../ui/class-names.ts';
import styles from './command-palette.module.css';
import { type Entry, groupEntries, searchEntries } from './search-entries.ts';

const cx = bindClassNames(styles);

const MOST_SHOWN = 60;

export interface PaletteListProps {
  readonly label: string;
  readonly placeholder: string;
  readonly entries: readonly Entry[];
  /** What was typed before it was here. */
  readonly typed: string;
  readonly onChoose: (entry: Entry) => void;
  /** Backspace where nothing is left to delete. */
  readonly onBack?: () => void;
}

/** Entries that are found by their words. */
export function PaletteList(props: PaletteListProps) {
  const { label, placeholder, entries, typed, onChoose, onBack } = props;
  const { t } = useTranslation('command-palette');
  const input = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState(typed);
  const groups = useMemo(
    () => groupEntries(searchEntries(entries, query, MOST_SHOWN)),
    [entries, query],
  );
  // Before the next key: an effect would come too late for it.
  useLayoutEffect(() => input.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Backspace' && query === '') onBack?.();
  };
  return (
    <Palette label={label} shouldFilter={false} loop className={cx('palette')}>
      <Palette.Input
        ref={input}
        value={query}
        onValueChange={setQuery}
        onKeyDown={onKeyDown}
        placeholder={placeholder}
        className={cx('input')}
      />
      <Palette.List className={cx('list')} label={label}>
        <Palette.Empty className={cx('empty')}>{t('nothing')}</Palette.Empty>
        {groups.map(([group, inside]) => (
          <Palette.Group key={group} heading={group} className={cx('group')}>
            {inside.map((entry) => (
              <Palette.Item
                key={entry.id}
                value={entry.id}
                className={cx('item')}
                data-testid={`palette-${entry.id}`}
                onSelect={() => onChoose(entry)}
              >
                <span className={cx('title')}>{entry.title}</span>
                {entry.shortcut !== undefined && <kbd className={cx('keys')}>{entry.shortcut}</kbd>}
              </Palette.Item>
            ))}
          </Palette.Group>
        ))}
      </Palette.List>
    </Palette>
  );
}
