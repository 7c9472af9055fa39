import { invariant } from '#domain/assert.ts';
import type { Brand } from '#domain/brand.ts';

/**
 * A key with what is held down beside it, in one spelling: `Mod+Shift+K`, `Alt+ArrowLeft`, `.`. `Mod`
 * is Command on a Mac and Control elsewhere. Of a sign that Shift makes (`>`) Shift is not named.
 */
export type Shortcut = Brand<string, 'Shortcut'>;

const MODIFIERS = ['Mod', 'Ctrl', 'Alt', 'Shift'] as const;
type Modifier = (typeof MODIFIERS)[number];

/** What of a `KeyboardEvent` says which keys were pressed. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** Keys that are no shortcut by themselves. */
const HELD = new Set([
  'Control',
  'Meta',
  'Alt',
  'AltGraph',
  'Shift',
  'CapsLock',
  'Dead',
  'Process',
]);
const LETTER = /^[a-z]$/i;
const LETTER_KEY = /^Key([A-Z])$/;

/**
 * Letters by their place where the layout has other ones there, so that a shortcut works in a Korean
 * keyboard as well, whatever is being typed with it.
 */
function keyOf({ key, code }: KeyPress): string | null {
  if (LETTER.test(key)) return key.toUpperCase();
  const letter = LETTER_KEY.exec(code)?.[1];
  if (letter !== undefined && !/^[\x21-\x7e]$/.test(key)) return letter;
  if (HELD.has(key)) return null;
  return key === ' ' ? 'Space' : key;
}

const joined = (held: ReadonlySet<Modifier>, key: string): Shortcut =>
  [...MODIFIERS.filter((modifier) => held.has(modifier)), key].join('+') as Shortcut;

/** Null while nothing but modifiers is pressed. */
export function shortcutOf(press: KeyPress, isMac: boolean): Shortcut | null {
  const key = keyOf(press);
  if (key === null) return null;
  const held = new Set<Modifier>();
  if (isMac ? press.metaKey : press.ctrlKey) held.add('Mod');
  if (isMac && press.ctrlKey) held.add('Ctrl');
  if (press.altKey) held.add('Alt');
  if (press.shiftKey && (key.length > 1 || LETTER.test(key))) held.add('Shift');
  return joined(held, key);
}

/** Reads what `shortcutOf` wrote, modifiers in any order; null where it is none. */
export function parseShortcut(text: string): Shortcut | null {
  const parts = text.endsWith('++') ? [...text.slice(0, -2).split('+'), '+'] : text.split('+');
  const key = text === '+' ? '+' : parts.pop();
  const held = text === '+' ? [] : parts;
  const known = MODIFIERS.filter((modifier) => held.includes(modifier));
  if (!key || held.length !== known.length || HELD.has(key)) return null;
  return joined(new Set(known), LETTER.test(key) ? key.toUpperCase() : key);
}

/** One that is written in the code, and so can be read. */
export function knownShortcut(text: string): Shortcut {
  const parsed = parseShortcut(text);
  invariant(parsed !== null, `${text} is a shortcut`);
  return parsed;
}

const MAC_SIGNS: Readonly<Record<string, string>> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧' };
const KEY_SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** As it is shown: `Ctrl+Shift+K`, on a Mac `⇧⌘K`. */
export function formatShortcut(shortcut: Shortcut, isMac: boolean): string {
  const isPlus = shortcut.endsWith('+');
  const parts: string[] = (isPlus ? shortcut.slice(0, -1) : shortcut).split('+');
  const key = isPlus ? '+' : (parts.pop() ?? '');
  const held = parts.filter((part) => part !== '');
  const sign = KEY_SIGNS[key] ?? key;
  if (!isMac) return [...held.map((part) => (part === 'Mod' ? 'Ctrl' : part)), sign].join('+');
  // Apple's order: control, option, shift, command.
  const ordered = ['Ctrl', 'Alt', 'Shift', 'Mod'].filter((part) => held.includes(part));
  return [...ordered.map((part) => MAC_SIGNS[part]), sign].join('');
}

/** Without Control, Command or Alt it is a key that one also types with. */
export const isTyped = (shortcut: Shortcut): boolean => !/(^|\+)(Mod|Ctrl|Alt)\+/.test(shortcut);
