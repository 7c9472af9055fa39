import type { Command } from '../commands/command.ts';
import { knownShortcut } from '../commands/shortcut.ts';
import { translator } from '../i18n/i18n.ts';
import type { Direction } from './dock.ts';
import type { Workspace } from './workspace.ts';

const t = translator('workspace');

/** What the keyboard does to panels. None of the keys belongs to a browser or to a text field. */
const SHORTCUTS = {
  nextStack: 'F6',
  previousStack: 'Shift+F6',
  nextTab: 'Alt+PageDown',
  previousTab: 'Alt+PageUp',
  maximize: 'Alt+Enter',
  close: 'Alt+W',
  moveLeft: 'Mod+Shift+ArrowLeft',
  moveRight: 'Mod+Shift+ArrowRight',
  moveUp: 'Mod+Shift+ArrowUp',
  moveDown: 'Mod+Shift+ArrowDown',
  narrower: 'Alt+Shift+ArrowLeft',
  wider: 'Alt+Shift+ArrowRight',
  shorter: 'Alt+Shift+ArrowUp',
  taller: 'Alt+Shift+ArrowDown',
} as const;

export type PanelCommandName = keyof typeof SHORTCUTS;
export const panelCommandId = (name: PanelCommandName): string => `panels.${name}`;

/** The moves in the order in which a panel's menu has them. */
export const MOVES = ['moveLeft', 'moveRight', 'moveUp', 'moveDown'] as const;

/** The commands on the panel that has the keyboard, and from it to others. */
export function panelCommands(workspace: Workspace): readonly Command[] {
  const active = () => workspace.store.getState().activePanelId;
  const command = (name: PanelCommandName, run: () => void, needsPanel = true): Command => ({
    id: panelCommandId(name),
    group: 'panels',
    title: () => t(`commands.${name}`),
    shortcut: knownShortcut(SHORTCUTS[name]),
    isEnabled: () => !needsPanel || active() !== null,
    run,
  });
  const onActive = (name: PanelCommandName, work: (panelId: string) => void): Command =>
    command(name, () => {
      const panelId = active();
      if (panelId !== null) work(panelId);
    });
  const move = (name: PanelCommandName, direction: Direction) =>
    onActive(name, (panelId) => workspace.move(panelId, direction));
  const resize = (name: PanelCommandName, direction: Direction) =>
    onActive(name, (panelId) => workspace.resize(panelId, direction));
  return [
    command('nextStack', () => workspace.focusStack(1), false),
    command('previousStack', () => workspace.focusStack(-1), false),
    command('nextTab', () => workspace.focusTab(1)),
    command('previousTab', () => workspace.focusTab(-1)),
    onActive('maximize', (panelId) => workspace.toggleMaximized(panelId)),
    onActive('close', (panelId) => workspace.close(panelId)),
    move('moveLeft', 'left'),
    move('moveRight', 'right'),
    move('moveUp', 'up'),
    move('moveDown', 'down'),
    resize('narrower', 'left'),
    resize('wider', 'right'),
    resize('shorter', 'up'),
    resize('taller', 'down'),
  ];
}
