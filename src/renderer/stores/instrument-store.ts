import { createStore } from 'zustand/vanilla';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { EMPTY_WATCHLIST, inWatchlistOrder, type WatchlistGroup } from '#domain/watchlist.ts';

/** The watchlist, in its order. Null until the hub has answered for the first time. */
export interface InstrumentState {
  readonly watchlist: readonly Instrument[] | null;
  /** Its groups; every instrument of it is in one of them. */
  readonly groups: readonly WatchlistGroup[];
  /** Of the open replay decks, beside it. */
  readonly deckInstruments: readonly Instrument[];
}

export const createInstrumentStore = () =>
  createStore<InstrumentState>(() => ({
    watchlist: null,
    groups: EMPTY_WATCHLIST,
    deckInstruments: [],
  }));
export type InstrumentStore = ReturnType<typeof createInstrumentStore>;

/** The same instruments in other groups. */
export const withGroups = (
  { watchlist }: InstrumentState,
  groups: readonly WatchlistGroup[],
): Pick<InstrumentState, 'watchlist' | 'groups'> => ({
  groups,
  watchlist: watchlist && inWatchlistOrder(groups, watchlist),
});

export const instrumentById = (
  state: InstrumentState,
  id: InstrumentId | null,
): Instrument | undefined => {
  const isIt = (instrument: Instrument) => instrument.id === id;
  return state.watchlist?.find(isIt) ?? state.deckInstruments.find(isIt);
};
