import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import { deckOfBot } from '#contract/decks.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import { invariant } from '#domain/assert.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { HubClient } from '../client/hub-client.ts';
import type { BotRecord, BotState } from '../stores/bot-store.ts';
import type { ConnectionStoreState } from '../stores/connection-store.ts';
import { type InstrumentState, instrumentById } from '../stores/instrument-store.ts';
import { livenessOf, type NotLive } from '../stores/liveness.ts';
import type { MarketState } from '../stores/market-store.ts';
import type { NotificationState } from '../stores/notification-store.ts';
import { deckOf, type ReplayState } from '../stores/replay-store.ts';
import type { SelectionState } from '../stores/selection-store.ts';
import type { Stores } from '../stores/stores.ts';
import type { Actions } from './actions.ts';

/** What the screen is built on; made once by `compose.ts`. */
export interface AppServices {
  readonly client: HubClient;
  readonly stores: Stores;
  readonly actions: Actions;
}

export const AppContext = createContext<AppServices | null>(null);

function useApp(): AppServices {
  const services = useContext(AppContext);
  invariant(services !== null, 'rendered outside AppContext');
  return services;
}

export const useHubClient = (): HubClient => useApp().client;
export const useStores = (): Stores => useApp().stores;
export const useActions = (): Actions => useApp().actions;

/** A selector must return something that keeps its identity while it does not change. */
export const useMarket = <T>(selector: (state: MarketState) => T): T =>
  useStore(useStores().market, selector);
export const useBots = <T>(selector: (state: BotState) => T): T =>
  useStore(useStores().bots, selector);
export const useInstruments = <T>(selector: (state: InstrumentState) => T): T =>
  useStore(useStores().instruments, selector);
export const useNotifications = <T>(selector: (state: NotificationState) => T): T =>
  useStore(useStores().notifications, selector);
export const useConnection = <T>(selector: (state: ConnectionStoreState) => T): T =>
  useStore(useStores().connection, selector);

export const useReplay = <T>(selector: (state: ReplayState) => T): T =>
  useStore(useStores().replay, selector);

export const useSelection = (): SelectionState => useStore(useStores().selection);

export const useBot = (botId: string | null): BotRecord | undefined =>
  useBots((state) => (botId === null ? undefined : state.bots[botId]));

export const useInstrument = (id: InstrumentId | null): Instrument | undefined =>
  useInstruments((state) => instrumentById(state, id));

/** The deck that one looks at; undefined while it is live. */
export function useDeck(): DeckView | undefined {
  const { selectedInstrumentId } = useSelection();
  return useReplay((state) => deckOf(state, selectedInstrumentId));
}

/** The bots that belong to what one looks at: the live ones, or a deck's. Null: not known yet. */
export function useBotIds(): readonly string[] | null {
  const botIds = useBots((state) => state.botIds);
  const deckId = useDeck()?.id;
  return useMemo(() => botIds?.filter((id) => deckOfBot(id) === deckId) ?? null, [botIds, deckId]);
}

/** Why the data of an instrument are not live, or null. */
export function useNotLive(id: InstrumentId | null): NotLive | null {
  const connection = useConnection((state) => state.connection);
  const feed = useMarket((state) => (id === null ? undefined : state.instrumentFeeds[id]));
  return livenessOf(connection, feed);
}
