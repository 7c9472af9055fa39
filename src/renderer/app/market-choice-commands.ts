import { deckOfInstrument } from '#contract/decks.ts';
import type { FeedStatus } from '#contract/model.ts';
import { type InstrumentId, symbolOf } from '#domain/instrument.ts';
import type { HubClient } from '../client/hub-client.ts';
import type { Choice, ChoicePage } from '../commands/choice.ts';
import { choosing } from '../commands/choosing.ts';
import type { Command } from '../commands/command.ts';
import { removeFeed } from '../features/feeds/feed-removal.ts';
import { removalOf } from '../features/feeds/feed-symbols.ts';
import { removeInstrument } from '../features/watchlist/instrument-removal.ts';
import { translator } from '../i18n/i18n.ts';
import type { Stores } from '../stores/stores.ts';
import { sayRefusal } from './say-refusal.ts';
import { type ScreenInUse, selectionInUse } from './selection-in-use.ts';

export interface MarketChoiceParts {
  readonly workspace: ScreenInUse['workspace'];
  readonly client: Pick<HubClient, 'request'>;
  readonly stores: Pick<Stores, 'connection' | 'market' | 'notices' | 'selections'>;
  readonly ask: (page: ChoicePage) => void;
}

const t = translator('command-palette');

/** What is watched, and where it comes from: taken away, with a way back, or begun anew. */
export function marketChoiceCommands(parts: MarketChoiceParts): readonly Command[] {
  const { client, stores, ask } = parts;
  const isConnected = () => stores.connection.getState().connection.kind === 'connected';
  const onFeed = (
    name: 'restartFeed' | 'removeFeed',
    work: (feed: FeedStatus) => Parameters<typeof sayRefusal>[1],
  ): Command =>
    choosing(
      {
        ...{ id: `feeds.${name}`, group: 'market', title: () => t(`commands.${name}`) },
        isEnabled: isConnected,
        page: {
          question: () => t(`choice.${name}`),
          choices: () =>
            stores.market.getState().feeds.map(
              (feed): Choice => ({
                ...{ id: feed.id, title: feed.spec },
                leadsTo: () => void sayRefusal(stores, work(feed)),
              }),
            ),
        },
      },
      ask,
    );
  return [
    removal(parts, isConnected),
    onFeed('restartFeed', ({ id }) => client.request('feeds.restart', { feedId: id })),
    onFeed('removeFeed', (feed) => removeFeed({ client, notices: stores.notices }, feed)),
  ];
}

/** Of the instrument that is selected, where it is in the watchlist by a feed. */
function removal(parts: MarketChoiceParts, isConnected: () => boolean): Command {
  const { client, stores } = parts;
  const { market, notices } = stores;
  const selected = (): InstrumentId | null => {
    const { selectedInstrumentId: id } = selectionInUse(parts).getState();
    const isThere = id !== null && removalOf(market.getState().feeds, id) !== undefined;
    return isThere && deckOfInstrument(id) === undefined ? id : null;
  };
  return {
    ...{ id: 'watchlist.remove', group: 'market' },
    title: () => {
      const id = selected();
      const symbol = id === null ? t('commands.selectedInstrument') : symbolOf(id);
      return t('commands.removeInstrument', { symbol });
    },
    isEnabled: () => isConnected() && selected() !== null,
    run: () => {
      const id = selected();
      if (id !== null) void sayRefusal(stores, removeInstrument({ client, market, notices }, id));
    },
  };
}
