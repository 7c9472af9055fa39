import type { ChoicePage } from './choice.ts';
import type { Shortcut } from './shortcut.ts';

/** In the order in which they are listed. */
export const COMMAND_GROUPS = [
  'workspace',
  'panels',
  'chart',
  'market',
  'trading',
  'alerts',
  'replay',
  'monitor',
  'appearance',
  'help',
  'chartKeys',
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** A part of the screen whose keys are its own while it has the keyboard, before all others. */
export type CommandScope = 'chart';

/** Something that the user can do, from the palette, by a shortcut, or by a button that runs it. */
export interface Command {
  /** `workspace.saveLayout`: what a changed shortcut is kept under. */
  readonly id: string;
  readonly group: CommandGroup;
  /** In the language of the moment. */
  readonly title: () => string;
  /** Other words that it is found by, in the language of the moment. */
  readonly keywords?: () => string;
  /** Unless the user has given it another, or none. */
  readonly shortcut?: Shortcut;
  /** Other keys that do the same, as long as the user has not given it any. */
  readonly alsoBy?: readonly Shortcut[];
  /** Its keys count only there; the same keys may mean another command elsewhere. */
  readonly scope?: CommandScope;
  /** Without it, always. */
  readonly isEnabled?: () => boolean;
  /** What it asks before it does anything: `run` asks that in the palette. */
  readonly page?: ChoicePage;
  readonly run: () => void;
}
