import type { Command, CommandScope } from './command.ts';
import { type CommandRegistry, isEnabled } from './command-registry.ts';
import { commandOf, isRunBy, type KeymapStore } from './keymap.ts';
import { isTyped, type KeyPress, type Shortcut, shortcutOf } from './shortcut.ts';

/** A key that went down somewhere on the screen. */
export interface KeyDown extends KeyPress {
  readonly target: EventTarget | null;
  readonly defaultPrevented: boolean;
  readonly isComposing: boolean;
  preventDefault(): void;
}

interface Focused {
  matches(selector: string): boolean;
}

const TEXT =
  'input:not([type=range], [type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]';
const CONTROL =
  'button, a, summary, input:not([type=range]), [role=tab], [role=button], [role=option], [role=menuitem]';
/** What a control that has the focus does itself. */
const OWN_KEYS: ReadonlySet<string> = new Set(['Space', 'Enter']);
/** What a text that one writes does itself. */
const EDITING_KEYS: ReadonlySet<string> = new Set([
  ...['Mod+A', 'Mod+C', 'Mod+V', 'Mod+X', 'Mod+Y', 'Mod+Z', 'Mod+Shift+Z'],
]);
const OWN_ARROWS =
  '[role=slider], input[type=range], [role=tab], [role=menuitem], [role=option], [role=listbox], [role=grid]';

const isFocused = (target: unknown): target is Focused =>
  typeof target === 'object' && target !== null && 'matches' in target;

/** Whether the key belongs to what has the focus. */
function isForTarget(target: EventTarget | null, shortcut: Shortcut): boolean {
  if (!isFocused(target)) return false;
  if (EDITING_KEYS.has(shortcut)) return target.matches(TEXT);
  if (!isTyped(shortcut)) return false;
  if (target.matches(TEXT)) return true;
  if (OWN_KEYS.has(shortcut)) return target.matches(CONTROL);
  return shortcut.startsWith('Arrow') && target.matches(OWN_ARROWS);
}

/** The command that a key means where a part of the screen with keys of its own has the keyboard. */
export function scopedCommand(
  press: KeyPress,
  scope: CommandScope,
  registry: CommandRegistry,
  keymap: KeymapStore,
  isMac: boolean,
): Command | undefined {
  const shortcut = shortcutOf(press, isMac);
  const commands = registry.list().filter((one) => one.scope === scope);
  return shortcut === null ? undefined : commandOf(shortcut, commands, keymap.getState());
}

/** Runs the command that a key means anywhere on the screen, if there is one and it can be run now. */
export function onKeyDown(
  event: KeyDown,
  registry: CommandRegistry,
  keymap: KeymapStore,
  isMac: boolean,
): void {
  if (event.defaultPrevented || event.isComposing) return;
  const shortcut = shortcutOf(event, isMac);
  if (shortcut === null || isForTarget(event.target, shortcut)) return;
  const state = keymap.getState();
  // Whether it can be run is asked last: it may have to look for what there is to choose.
  const isMeant = (one: Command) =>
    one.scope === undefined && isRunBy(shortcut, one, state) && isEnabled(one);
  const command = commandOf(shortcut, registry.list().filter(isMeant), state);
  if (!command) return;
  event.preventDefault();
  command.run();
}
