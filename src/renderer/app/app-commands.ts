import { LANGUAGES } from '#contract/languages.ts';
import type { ConnectionState } from '../client/transport.ts';
import type { Command, CommandGroup } from '../commands/command.ts';
import { knownShortcut } from '../commands/shortcut.ts';
import { translator } from '../i18n/i18n.ts';
import { LANGUAGE_NAMES } from '../i18n/language-names.ts';
import {
  type PreferenceStore,
  type Preferences,
  preferencesSchema,
  THEMES,
} from '../preferences/preferences.ts';
import type { ConnectionStore } from '../stores/connection-store.ts';
import type { Notices } from '../stores/notices.ts';
import type { PaletteStore } from '../stores/palette-store.ts';
import type { RiskSync } from '../stores/risk-sync.ts';
import type { Stores } from '../stores/stores.ts';
import { PANEL_KINDS } from '../workspace/panel-kinds.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { sayRefusal } from './say-refusal.ts';

export interface AppCommandParts {
  readonly workspace: Pick<Workspace, 'show'>;
  readonly preferences: PreferenceStore;
  readonly palette: PaletteStore;
  readonly notices: Notices;
  readonly connection: ConnectionStore;
  readonly retryNow: () => void;
}

const t = translator('command-palette');
const panelName = translator('workspace');
const settingName = translator('settings');
const riskText = translator('risk');

/** What can be done whatever is on the screen. */
export function appCommands(parts: AppCommandParts): readonly Command[] {
  return [...helpCommands(parts), ...panelCommands(parts), ...appearanceCommands(parts)];
}

const helpCommands = ({
  workspace,
  palette,
  notices,
  connection,
  retryNow,
}: AppCommandParts): readonly Command[] => [
  {
    id: 'workspace.undo',
    group: 'workspace',
    title: () => t('commands.undo'),
    shortcut: knownShortcut('Mod+Z'),
    isEnabled: () => notices.canUndo,
    run: () => void notices.undo(),
  },
  {
    id: 'palette.open',
    group: 'help',
    title: () => t('commands.open'),
    shortcut: knownShortcut('Mod+K'),
    run: () => palette.setState({ isOpen: true, page: null }),
  },
  {
    id: 'settings.open',
    group: 'help',
    title: () => t('commands.settings'),
    keywords: () => t('commands.shortcuts'),
    shortcut: knownShortcut('Mod+,'),
    run: () => void workspace.show('settings'),
  },
  {
    ...{ id: 'connection.retry', group: 'monitor', title: () => t('commands.reconnect') },
    isEnabled: () => RETRIED.has(connection.getState().connection.kind),
    run: retryNow,
  },
];

/** The next try waits. */
const RETRIED: ReadonlySet<ConnectionState['kind']> = new Set(['lost', 'refused']);

const panelCommands = ({ workspace }: AppCommandParts): readonly Command[] =>
  PANEL_KINDS.map((kind) => ({
    id: `show.${kind}`,
    group: 'workspace',
    title: () => t('commands.showPanel', { panel: panelName(`panels.${kind}`) }),
    run: () => void workspace.show(kind),
  }));

function appearanceCommands({ preferences }: AppCommandParts): readonly Command[] {
  const group: CommandGroup = 'appearance';
  const set = (changes: Partial<Preferences>) => () => preferences.setState(changes);
  return [
    ...THEMES.map((theme) => ({
      ...{ id: `theme.${theme}`, group, run: set({ theme }) },
      title: () => t('commands.theme', { theme: settingName(`items.theme.options.${theme}`) }),
    })),
    ...preferencesSchema.shape.palette.options.map((palette) => ({
      ...{ id: `palette.${palette}`, group, run: set({ palette }) },
      title: () =>
        t('commands.palette', { palette: settingName(`items.palette.options.${palette}`) }),
    })),
    ...preferencesSchema.shape.density.options.map((density) => ({
      ...{ id: `density.${density}`, group, run: set({ density }) },
      title: () =>
        t('commands.density', { density: settingName(`items.density.options.${density}`) }),
    })),
    ...preferencesSchema.shape.pace.options.map((pace) => ({
      ...{ id: `pace.${pace}`, group, run: set({ pace }) },
      title: () => t('commands.pace', { pace: settingName(`items.pace.options.${pace}`) }),
    })),
    ...LANGUAGES.map((language) => ({
      ...{ id: `language.${language}`, group, run: set({ language }) },
      title: () => t('commands.language', { language: LANGUAGE_NAMES[language] }),
    })),
    {
      ...{ id: 'timeZone.toggle', group, title: () => t('commands.toggleTimeZone') },
      run: () =>
        preferences.setState(({ timeZone }) => ({
          timeZone: timeZone === 'utc' ? 'local' : 'utc',
        })),
    },
  ];
}

/** The hotkey of the kill switch works wherever the keyboard is. */
export const riskCommands = (
  risk: Pick<RiskSync, 'kill' | 'release'>,
  stores: Pick<Stores, 'risk' | 'notices'>,
): readonly Command[] => {
  const { risk: store } = stores;
  const isEngaged = () => (store.getState().risk?.killSwitch ?? null) !== null;
  return [
    {
      ...{ id: 'risk.kill', group: 'trading', title: () => riskText('command') },
      shortcut: knownShortcut('Mod+Shift+K'),
      isEnabled: () => !isEngaged(),
      run: () => void sayRefusal(stores, risk.kill(false)),
    },
    {
      ...{ id: 'risk.flatten', group: 'trading', title: () => riskText('flattenCommand') },
      isEnabled: () => store.getState().risk?.killSwitch?.flatten === false,
      run: () => void sayRefusal(stores, risk.kill(true)),
    },
    {
      ...{ id: 'risk.release', group: 'trading', title: () => riskText('releaseCommand') },
      isEnabled: isEngaged,
      run: () => void sayRefusal(stores, risk.release()),
    },
  ];
};
