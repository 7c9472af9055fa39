import { useEffect, useState } from 'react';
import { useActions, useReplay } from '../../app/app-context.ts';

/**
 * Shows a deck as soon as it is there. One whose recording is still read has nothing to show; what became of it
 * is seen only by who still looks where it was opened.
 */
export function useAwaitedDeck(): (deckId: string) => void {
  const { selectInstrument } = useActions();
  const [awaitedId, setAwaitedId] = useState<string | null>(null);
  const deck = useReplay(({ decks }) => (awaitedId === null ? undefined : decks[awaitedId]));
  // Closed before it was there, it is awaited no longer either.
  const isOver = deck === undefined || deck.opening === null;
  const first = deck?.instruments[0]?.id;
  useEffect(() => {
    if (awaitedId === null || !isOver) return;
    if (first !== undefined) selectInstrument(first);
    setAwaitedId(null);
  }, [awaitedId, isOver, first, selectInstrument]);
  return setAwaitedId;
}
