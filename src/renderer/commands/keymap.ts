import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SharedValues } from '../app/page-storage.ts';
import { keepStore } from '../stores/kept-store.ts';
import type { Command } from './command.ts';
import { parseShortcut, type Shortcut } from './shortcut.ts';

/** The user's own shortcuts by command; null: it has none any more. */
export type ShortcutChanges = Readonly<Record<string, Shortcut | null>>;

export interface KeymapState {
  readonly changes: ShortcutChanges;
}
export type KeymapStore = StoreApi<KeymapState>;

const KEY = 'tapedeck:shortcuts';

const changeSchema = z.union([z.null(), z.string().transform((text) => parseShortcut(text))]);
const changesSchema = z.record(z.string(), z.unknown()).transform((changes) =>
  Object.fromEntries(
    Object.entries(changes).flatMap(([id, one]) => {
      const { success, data } = changeSchema.safeParse(one);
      return success ? [[id, data]] : [];
    }),
  ),
);

/** What cannot be read is left out: a broken entry costs no other. */
function readChanges(kept: SharedValues): ShortcutChanges {
  try {
    const parsed = changesSchema.safeParse(JSON.parse(kept.read(KEY) ?? '{}'));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}

export function createKeymap(kept: SharedValues): KeymapStore {
  const store = createStore<KeymapState>(() => ({ changes: readChanges(kept) }));
  keepStore(store, {
    ...{ kept, key: KEY, textOf: ({ changes }) => JSON.stringify(changes) },
    takeIn: () => store.setState({ changes: readChanges(kept) }),
  });
  return store;
}

/** What a command is run by; null where by nothing. */
export function shortcutFor(command: Command, { changes }: KeymapState): Shortcut | null {
  const changed = changes[command.id];
  return changed === undefined ? (command.shortcut ?? null) : changed;
}

/** Other keys that do the same at present. */
export const otherKeysFor = ({ id, alsoBy = [] }: Command, keymap: KeymapState) =>
  keymap.changes[id] === undefined ? alsoBy : [];

/** Whether the keys run it, as its own or as others. */
export const isRunBy = (shortcut: Shortcut, command: Command, keymap: KeymapState): boolean =>
  shortcutFor(command, keymap) === shortcut || otherKeysFor(command, keymap).includes(shortcut);

/** The command that the keys mean: their holder, else one that can be run by them as well. */
export function commandOf(
  shortcut: Shortcut,
  commands: readonly Command[],
  keymap: KeymapState,
): Command | undefined {
  return (
    commands.find((one) => shortcutFor(one, keymap) === shortcut) ??
    commands.find((one) => otherKeysFor(one, keymap).includes(shortcut))
  );
}

/** The command that has this shortcut already where the given one would have it. */
export function holderOf(
  shortcut: Shortcut,
  commands: readonly Command[],
  keymap: KeymapState,
  commandId: string,
): Command | undefined {
  const scope = commands.find(({ id }) => id === commandId)?.scope;
  return commands.find(
    (one) => one.id !== commandId && one.scope === scope && shortcutFor(one, keymap) === shortcut,
  );
}

/** Two commands that share their keys: the one goes first where its scope has the keyboard. */
export interface SharedKeys {
  readonly first: Command;
  readonly elsewhere: Command;
}

/** What a command would share a shortcut with; each keeps it. */
export function sharedKeys(
  shortcut: Shortcut,
  command: Command,
  commands: readonly Command[],
  keymap: KeymapState,
): SharedKeys | undefined {
  const other = commands.find(
    (one) =>
      (one.scope === undefined) !== (command.scope === undefined) &&
      shortcutFor(one, keymap) === shortcut,
  );
  if (other === undefined) return undefined;
  return command.scope === undefined
    ? { first: other, elsewhere: command }
    : { first: command, elsewhere: other };
}

/** Gives a command a shortcut, or takes it; whoever had that one goes without. */
export function changeShortcut(
  store: KeymapStore,
  commands: readonly Command[],
  commandId: string,
  shortcut: Shortcut | null,
): void {
  const holder = shortcut && holderOf(shortcut, commands, store.getState(), commandId);
  store.setState(({ changes }) => ({
    changes: { ...changes, ...(holder && { [holder.id]: null }), [commandId]: shortcut },
  }));
}

/** Back to its default; without an id, all of them. */
export function resetShortcut(store: KeymapStore, commandId?: string): void {
  store.setState(({ changes }) => {
    if (commandId === undefined) return { changes: {} };
    const { [commandId]: _, ...rest } = changes;
    return { changes: rest };
  });
}
