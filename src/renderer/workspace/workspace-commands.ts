import type { ChoicePage } from '../commands/choice.ts';
import { choosing } from '../commands/choosing.ts';
import type { Command } from '../commands/command.ts';
import { knownShortcut } from '../commands/shortcut.ts';
import { translator } from '../i18n/i18n.ts';
import { LINKS, type Link } from '../stores/links.ts';
import type { Direction } from './dock.ts';
import { linkName } from './link-name.ts';
import { PANEL_KINDS } from './panel-kinds.ts';
import { PANELS } from './panel-registry.ts';
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
  duplicate: null,
  search: 'Mod+Shift+F',
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
export function panelCommands(
  workspace: Workspace,
  ask: (page: ChoicePage) => void,
): readonly Command[] {
  const active = () => workspace.store.getState().activePanelId;
  const command = (name: PanelCommandName, run: () => void, needsPanel = true): Command => {
    const shortcut = SHORTCUTS[name];
    return {
      id: panelCommandId(name),
      group: 'panels',
      title: () => t(`commands.${name}`),
      ...(shortcut !== null && { shortcut: knownShortcut(shortcut) }),
      isEnabled: () => !needsPanel || active() !== null,
      run,
    };
  };
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
    onActive('duplicate', (panelId) => workspace.duplicate(panelId)),
    linkCommand(workspace, ask),
    openCommand(workspace, ask),
    onActive('search', (panelId) => workspace.focusSearch(panelId)),
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

/** With whom the panel is linked that has the keyboard, where there is anything in it to link. */
function linkCommand(workspace: Workspace, ask: (page: ChoicePage) => void): Command {
  const panelId = () => workspace.store.getState().activePanelId;
  const isLinked = () => {
    const { panels, activePanelId } = workspace.store.getState();
    const kind = activePanelId === null ? undefined : panels[activePanelId]?.kind;
    return kind !== undefined && PANELS[kind].follows !== undefined;
  };
  const linkTo = (link: Link) => () => {
    const id = panelId();
    if (id !== null) workspace.link(id, link);
  };
  const page: ChoicePage = {
    question: () => t('link.menu'),
    choices: () =>
      LINKS.map((link) => ({ id: `link-${link}`, title: linkName(link), leadsTo: linkTo(link) })),
  };
  const title = () => t('commands.link');
  return choosing({ id: 'panels.link', group: 'panels', title, page, isEnabled: isLinked }, ask);
}

/** One more of a kind, beside those that there are. */
function openCommand(workspace: Pick<Workspace, 'open'>, ask: (page: ChoicePage) => void): Command {
  const page: ChoicePage = {
    question: () => t('openWhich'),
    choices: () =>
      PANEL_KINDS.map((kind) => ({
        ...{ id: `open-${kind}`, title: t(`panels.${kind}`) },
        leadsTo: () => void workspace.open(kind),
      })),
  };
  return choosing(
    { id: 'panels.open', group: 'panels', title: () => t('commands.open'), page },
    ask,
  );
}
