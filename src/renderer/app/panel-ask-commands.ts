import type { Command, CommandGroup } from '../commands/command.ts';
import { knownShortcut } from '../commands/shortcut.ts';
import { translator } from '../i18n/i18n.ts';
import type { PanelAsks } from '../workspace/panel-asks.ts';
import type { PanelKind } from '../workspace/panel-kinds.ts';

interface AskCommand {
  readonly panel: PanelKind;
  readonly group: CommandGroup;
  readonly isQuiet?: boolean;
  readonly shortcut?: string;
}

const quiet = (panel: PanelKind): AskCommand => ({ panel, group: 'market', isQuiet: true });
const shown = (panel: PanelKind, group: CommandGroup, shortcut?: string): AskCommand => ({
  ...{ panel, group },
  ...(shortcut !== undefined && { shortcut }),
});

/** What the controls of panels do that stand in no store: by the panel's answer of the same name. */
const ASKS = {
  'watchlist.search': shown('watchlist', 'market'),
  'watchlist.newGroup': shown('watchlist', 'market'),
  'book.ladder': quiet('order-book'),
  'book.depth': quiet('order-book'),
  'book.heatmap': quiet('order-book'),
  'book.finer': quiet('order-book'),
  'book.coarser': quiet('order-book'),
  'tape.hold': { ...quiet('tape'), shortcut: 'Alt+P' },
  'tape.newest': quiet('tape'),
  'tape.allSizes': quiet('tape'),
  'tape.sound': quiet('tape'),
  'tape.settings': shown('tape', 'market'),
  'alerts.newRule': shown('alerts', 'alerts', 'Alt+R'),
  'alerts.active': shown('alerts', 'alerts'),
  'alerts.rules': shown('alerts', 'alerts'),
  'alerts.history': shown('alerts', 'alerts'),
  'alerts.silences': shown('alerts', 'alerts'),
  'alerts.delivery': shown('alerts', 'alerts'),
  'journal.write': shown('journal', 'trading', 'Alt+J'),
  'backtest.new': shown('backtest', 'trading'),
  'health.overview': shown('health', 'monitor'),
  'health.clients': shown('health', 'monitor'),
  'health.channels': shown('health', 'monitor'),
  'health.log': shown('health', 'monitor'),
  'desk.say': shown('desk', 'monitor'),
  'desk.announce': shown('desk', 'monitor'),
  'tapeFiles.import': shown('tape-files', 'monitor'),
  'tapeFiles.export': shown('tape-files', 'monitor'),
  'settings.export': shown('settings', 'monitor'),
  'settings.import': shown('settings', 'monitor'),
  'settings.reset': shown('settings', 'monitor'),
} as const satisfies Readonly<Record<string, AskCommand>>;

type AskName = keyof typeof ASKS;

const t = translator('command-palette');

/** They act on the panel that one works in, else on one of its kind, which is opened where there is none. */
export const panelAskCommands = (asks: Pick<PanelAsks, 'ask'>): readonly Command[] =>
  (Object.keys(ASKS) as AskName[]).map((name): Command => {
    const { panel, group, isQuiet = false, shortcut }: AskCommand = ASKS[name];
    return {
      ...{ id: name, group, title: () => t(`commands.ask.${name}`) },
      ...(shortcut !== undefined && { shortcut: knownShortcut(shortcut) }),
      run: () => asks.ask({ name, panel, isQuiet }),
    };
  });
