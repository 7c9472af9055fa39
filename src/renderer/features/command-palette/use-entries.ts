import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import {
  useActions,
  useBots,
  useCommands,
  useInstruments,
  useLayouts,
} from '../../app/app-context.ts';
import { isEnabled } from '../../commands/command-registry.ts';
import { type KeymapStore, shortcutFor } from '../../commands/keymap.ts';
import { formatShortcut } from '../../commands/shortcut.ts';
import { IS_MAC } from '../../ui/is-mac.ts';
import type { Entry } from './search-entries.ts';

/** All that the palette can find, commands first. */
export function useEntries(keymap: KeymapStore): readonly Entry[] {
  const commands = useCommandEntries(keymap);
  const layouts = useLayoutEntries();
  const instruments = useInstrumentEntries();
  const bots = useBotEntries();
  return useMemo(
    () => [...commands, ...layouts, ...instruments, ...bots],
    [commands, layouts, instruments, bots],
  );
}

function useCommandEntries(keymap: KeymapStore): readonly Entry[] {
  const { t } = useTranslation('command-palette');
  const commands = useCommands();
  const state = useStore(keymap);
  return useMemo(
    () =>
      commands.filter(isEnabled).map((command): Entry => {
        const shortcut = shortcutFor(command, state);
        const keywords = command.keywords?.();
        return {
          id: command.id,
          group: t(`groups.${command.group}`),
          title: command.title(),
          ...(keywords !== undefined && { keywords }),
          ...(shortcut !== null && { shortcut: formatShortcut(shortcut, IS_MAC) }),
          leadsTo: command.page ?? command.run,
        };
      }),
    [commands, state, t],
  );
}

/** From one saved layout to another by its name. */
function useLayoutEntries(): readonly Entry[] {
  const { t } = useTranslation('command-palette');
  const layouts = useLayouts();
  const names = useStore(layouts.store, (state) => state.names);
  return useMemo(
    () =>
      names.map((name): Entry => {
        const leadsTo = () => layouts.switchTo(name);
        return { id: `layout ${name}`, group: t('groups.layouts'), title: name, leadsTo };
      }),
    [names, layouts, t],
  );
}

function useInstrumentEntries(): readonly Entry[] {
  const { t } = useTranslation('command-palette');
  const instruments = useInstruments((state) => state.watchlist);
  const { selectInstrument } = useActions();
  return useMemo(
    () =>
      (instruments ?? []).map(({ id }): Entry => {
        const leadsTo = () => selectInstrument(id);
        return { id, group: t('groups.instruments'), title: id, leadsTo };
      }),
    [instruments, selectInstrument, t],
  );
}

function useBotEntries(): readonly Entry[] {
  const { t } = useTranslation('command-palette');
  const bots = useBots((state) => state.bots);
  const { reveal } = useActions();
  return useMemo(
    () =>
      Object.values(bots).map(({ config }): Entry => {
        const { id, name, instrumentId } = config;
        const leadsTo = () => reveal({ botId: id });
        return { id, group: t('groups.bots'), title: name, keywords: instrumentId, leadsTo };
      }),
    [bots, reveal, t],
  );
}
