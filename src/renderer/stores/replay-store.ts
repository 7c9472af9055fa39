import { createStore } from 'zustand/vanilla';
import { deckOfInstrument } from '#contract/decks.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';

export interface ReplayState {
  /** The open decks by their ids. */
  readonly decks: Readonly<Record<string, DeckView>>;
}

export const createReplayStore = () => createStore<ReplayState>(() => ({ decks: {} }));
export type ReplayStore = ReturnType<typeof createReplayStore>;

/** The deck that an instrument on screen belongs to; undefined while one looks at live. */
export function deckOf(state: ReplayState, id: InstrumentId | null): DeckView | undefined {
  const deckId = id === null ? undefined : deckOfInstrument(id);
  return deckId === undefined ? undefined : state.decks[deckId];
}

export function withDeck(state: ReplayState, deck: DeckView): ReplayState {
  if (deck.state === 'closed') return withoutDeck(state, deck.id);
  return { decks: { ...state.decks, [deck.id]: deck } };
}

export function withoutDeck(state: ReplayState, deckId: string): ReplayState {
  const { [deckId]: _closed, ...decks } = state.decks;
  return { decks };
}
