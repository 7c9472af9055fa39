import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useCommands, useKeymap } from '../../app/app-context.ts';
import type { Command } from '../../commands/command.ts';
import {
  changeShortcut,
  holderOf,
  otherKeysFor,
  resetShortcut,
  sharedKeys,
  shortcutFor,
} from '../../commands/keymap.ts';
import { formatShortcut, type Shortcut, shortcutOf } from '../../commands/shortcut.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { IS_MAC } from '../../ui/is-mac.ts';
import styles from './settings.module.css';
import { hasWords } from './settings-list.ts';

const cx = bindClassNames(styles);

/** Every command with its keys, which can be changed, taken away and reset. */
export function ShortcutSettings({ query }: { readonly query: string }) {
  const { t } = useTranslation('settings');
  const commands = useCommands();
  const keymap = useKeymap();
  const state = useStore(keymap);
  const found = commands.filter((command) => {
    const shortcut = shortcutFor(command, state);
    const keys = shortcut === null ? '' : formatShortcut(shortcut, IS_MAC);
    return hasWords(`${command.title()} ${keys} ${t('shortcuts.title')}`, query);
  });
  if (found.length === 0) return null;
  return (
    <section aria-label={t('shortcuts.title')} data-testid="settings-shortcuts">
      <h3 className={cx('heading')}>
        {t('shortcuts.title')}
        <Button variant="quiet" onClick={() => resetShortcut(keymap)}>
          {t('shortcuts.resetAll')}
        </Button>
      </h3>
      {found.map((command) => (
        <ShortcutRow key={command.id} command={command} commands={commands} />
      ))}
    </section>
  );
}

interface ShortcutRowProps {
  readonly command: Command;
  readonly commands: readonly Command[];
}

function ShortcutRow({ command, commands }: ShortcutRowProps) {
  const { t } = useTranslation('settings');
  const keymap = useKeymap();
  const state = useStore(keymap);
  /** Whom the keys that were just given to this one were taken from, or are shared with. */
  const [conflict, setConflict] = useState<string | null>(null);
  const shortcut = shortcutFor(command, state);
  const others = otherKeysFor(command, state)
    .map((keys) => formatShortcut(keys, IS_MAC))
    .join(', ');
  const give = (next: Shortcut | null) => {
    const holder = next && holderOf(next, commands, state, command.id);
    const shared = next && sharedKeys(next, command, commands, state);
    const said = [
      ...(holder ? [t('shortcuts.taken', { from: holder.title() })] : []),
      ...(shared
        ? [
            t('shortcuts.sharedWithChart', {
              first: shared.first.title(),
              elsewhere: shared.elsewhere.title(),
            }),
          ]
        : []),
    ];
    setConflict(said.join(' ') || null);
    changeShortcut(keymap, commands, command.id, next);
  };
  return (
    <div className={cx('row')} data-testid={`shortcut-${command.id}`}>
      <div className={cx('words')}>
        <span>{command.title()}</span>
        {others !== '' && <p>{t('shortcuts.also', { keys: others })}</p>}
        {conflict !== null && <p role="status">{conflict}</p>}
      </div>
      <ShortcutRecorder name={command.title()} shortcut={shortcut} onChange={give} />
      <Button
        variant="quiet"
        disabled={state.changes[command.id] === undefined}
        aria-label={t('resetOne', { name: command.title() })}
        onClick={() => {
          setConflict(null);
          resetShortcut(keymap, command.id);
        }}
      >
        {t('reset')}
      </Button>
    </div>
  );
}

interface ShortcutRecorderProps {
  readonly name: string;
  readonly shortcut: Shortcut | null;
  readonly onChange: (shortcut: Shortcut | null) => void;
}

/** Pressed, it takes the next keys; Escape leaves them, Backspace takes them away. */
function ShortcutRecorder({ name, shortcut, onChange }: ShortcutRecorderProps) {
  const { t } = useTranslation('settings');
  const [isRecording, setIsRecording] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isRecording || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const pressed = shortcutOf(event.nativeEvent, IS_MAC);
    if (pressed === null) return;
    setIsRecording(false);
    if (pressed === 'Escape') return;
    onChange(pressed === 'Backspace' ? null : pressed);
  };
  const shown = shortcut === null ? t('shortcuts.none') : formatShortcut(shortcut, IS_MAC);
  return (
    <button
      type="button"
      className={cx('control', 'keys', isRecording && 'recording')}
      aria-label={t('shortcuts.change', { name, keys: shown })}
      aria-pressed={isRecording}
      onClick={() => setIsRecording(!isRecording)}
      onBlur={() => setIsRecording(false)}
      onKeyDown={onKeyDown}
    >
      {isRecording ? t('shortcuts.press') : shown}
    </button>
  );
}
