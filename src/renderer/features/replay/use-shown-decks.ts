import { useCallback, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { useReplay, useStores, useWorkspace } from '../../app/app-context.ts';
import { type ShownDeck, shownDecksOf } from './shown-decks.ts';

/** The open decks that a panel of this window shows, or the top bar names. */
export function useShownDecks(): readonly ShownDeck[] {
  const { selections } = useStores();
  const state = useStore(useWorkspace().store);
  const decks = useReplay((state) => state.decks);
  useSyncExternalStore(
    useCallback((listener) => selections.subscribe(listener), [selections]),
    () => selections.revision,
  );
  return shownDecksOf(state, selections, decks);
}
