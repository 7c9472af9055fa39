import { useCallback, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { useReplay, useStores, useWorkspace } from '../../app/app-context.ts';
import { DEFAULT_LINK, type Link } from '../../stores/links.ts';
import { type Look, type ShownDeck, shownDecks } from './shown-decks.ts';

/** The open decks that a panel of this window shows, or the top bar names. */
export function useShownDecks(): readonly ShownDeck[] {
  const { selections } = useStores();
  const { panels, activePanelId } = useStore(useWorkspace().store);
  const decks = useReplay((state) => state.decks);
  useSyncExternalStore(
    useCallback((listener) => selections.subscribe(listener), [selections]),
    () => selections.revision,
  );
  const lookOf = (panelId: string, link: Link): Look => ({
    ...{ panelId, link },
    instrumentId: selections.of(panelId, link).getState().selectedInstrumentId,
  });
  const topBar = lookOf('', DEFAULT_LINK);
  const looks = Object.entries(panels).map(([panelId, { link }]) => lookOf(panelId, link));
  return shownDecks([topBar, ...looks], decks, activePanelId);
}
