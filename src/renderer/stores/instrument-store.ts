import { createStore } from 'zustand/vanilla';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';

/** The watchlist, in its order. Null until the hub has answered for the first time. */
export interface InstrumentState {
  readonly watchlist: readonly Instrument[] | null;
}

export const createInstrumentStore = () =>
  createStore<InstrumentState>(() => ({ watchlist: null }));
export type InstrumentStore = ReturnType<typeof createInstrumentStore>;

export const instrumentById = (
  state: InstrumentState,
  id: InstrumentId | null,
): Instrument | undefined => state.watchlist?.find((instrument) => instrument.id === id);
