import { DeckBar } from './deck-bar.tsx';
import { useShownDecks } from './use-shown-decks.ts';

/** One transport for each deck that some panel shows, be it of whichever link group. */
export function DeckBars() {
  const shown = useShownDecks();
  return shown.map((one) => <DeckBar key={one.deck.id} {...one} />);
}
