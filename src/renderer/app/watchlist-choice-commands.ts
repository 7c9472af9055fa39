import { MAIN_GROUP, type WatchlistGroup } from '#domain/watchlist.ts';
import type { HubClient } from '../client/hub-client.ts';
import type { Command } from '../commands/command.ts';
import { removeGroup } from '../features/watchlist/group-removal.ts';
import { WatchlistEditor } from '../features/watchlist/watchlist-editor.ts';
import { hasHeadings } from '../features/watchlist/watchlist-rows.ts';
import { translator } from '../i18n/i18n.ts';
import type { InstrumentState } from '../stores/instrument-store.ts';
import type { Stores } from '../stores/stores.ts';
import type { PanelAsks } from '../workspace/panel-asks.ts';
import { type HubChoiceParts, hubChoice } from './hub-choice.ts';
import { sayRefusal } from './say-refusal.ts';

export interface WatchlistChoiceParts extends HubChoiceParts {
  readonly client: Pick<HubClient, 'request'>;
  readonly stores: Pick<Stores, 'connection' | 'instruments' | 'notices'>;
  readonly asks: Pick<PanelAsks, 'ask'>;
}

const t = translator('command-palette');
const ofWatchlist = translator('watchlist');

/** What the heading of a group has a button for: one is chosen first. */
export function watchlistChoiceCommands(parts: WatchlistChoiceParts): readonly Command[] {
  const { client, stores, asks } = parts;
  const { instruments, notices } = stores;
  const editor = new WatchlistEditor(client, instruments);
  const onGroup = (
    name: 'renameGroup' | 'removeGroup',
    work: (group: WatchlistGroup) => void,
    isMeant: (group: WatchlistGroup) => boolean,
  ): Command =>
    hubChoice(parts, {
      ...{ id: `watchlist.${name}`, group: 'market', title: () => t(`commands.${name}`) },
      page: {
        question: () => t(`choice.${name}`),
        choices: () =>
          instruments
            .getState()
            .groups.filter(isMeant)
            .map((group) => ({
              ...{ id: `group-${group.id}`, title: group.name || ofWatchlist('mainGroup') },
              leadsTo: () => work(group),
            })),
      },
    });
  return [
    onGroup(
      'renameGroup',
      ({ id }) => asks.ask({ name: 'watchlist.renameGroup', panel: 'watchlist', about: id }),
      () => areShown(instruments.getState()),
    ),
    onGroup(
      'removeGroup',
      ({ id }) => void sayRefusal(stores, removeGroup({ editor, instruments, notices }, id)),
      ({ id }) => id !== MAIN_GROUP,
    ),
  ];
}

/** A list of nothing, or of one group, has no headings. */
const areShown = ({ watchlist, deckInstruments, groups }: InstrumentState): boolean =>
  (watchlist ?? []).length + deckInstruments.length > 0 && hasHeadings(groups);
