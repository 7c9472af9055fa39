import { createStore } from 'zustand/vanilla';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';

/** The watchlist, in its order. Null until the hub has answered for the first time. */
export interface InstrumentState {
  readonly watchlist: readonly Instrument[] | null;
  /** Of the open replay decks, beside it. */
  readonly deckInstruments: readonly Instrument[];
}

export const createInstrumentStore = () =>
  createStore<InstrumentState>(() => ({ watchlist: null, deckInstruments: [] }));
export type InstrumentStore = ReturnType<typeof createInstrumentStore>;

export const instrumentById = (
  state: InstrumentState,
  id: InstrumentId | null,
): Instrument | undefined => {
  const isIt = (instrument: Instrument) => instrument.id === id;
  return state.watchlist?.find(isIt) ?? state.deckInstruments.find(isIt);
};
