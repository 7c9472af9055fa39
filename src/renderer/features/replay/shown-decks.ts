import { deckOfInstrument } from '#contract/decks.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { LinkedSelections } from '../../stores/linked-selections.ts';
import { DEFAULT_LINK, LINKS, type Link } from '../../stores/links.ts';
import type { WorkspaceState } from '../../workspace/workspace.ts';

/** A panel, and the instrument that it shows. */
export interface Look {
  readonly panelId: string;
  readonly link: Link;
  readonly instrumentId: InstrumentId | null;
}

export interface ShownDeck {
  readonly deck: DeckView;
  readonly links: readonly Link[];
  readonly hasKeys: boolean;
}

/**
 * The decks that somebody looks at, and by which links. The keys are those of the deck in the panel that
 * one works in; where that shows none, of the deck that the top bar names.
 */
export function shownDecks(
  looks: readonly Look[],
  decks: Readonly<Record<string, DeckView>>,
  activePanelId: string | null,
): readonly ShownDeck[] {
  const deckIdOf = (look: Look | undefined) =>
    look?.instrumentId ? deckOfInstrument(look.instrumentId) : undefined;
  const active = looks.find(({ panelId }) => panelId === activePanelId);
  const named = looks.find(({ link }) => link === DEFAULT_LINK);
  const keyed = deckIdOf(active) ?? deckIdOf(named);
  return Object.values(decks).flatMap((deck) => {
    const by = looks.filter((look) => deckIdOf(look) === deck.id);
    if (by.length === 0) return [];
    const links = LINKS.filter((link) => by.some((look) => look.link === link));
    return [{ deck, links, hasKeys: deck.id === keyed }];
  });
}

/** The same, from what the window shows now. */
export function shownDecksOf(
  { panels, activePanelId }: WorkspaceState,
  selections: LinkedSelections,
  decks: Readonly<Record<string, DeckView>>,
): readonly ShownDeck[] {
  const lookOf = (panelId: string, link: Link): Look => ({
    ...{ panelId, link },
    instrumentId: selections.of(panelId, link).getState().selectedInstrumentId,
  });
  const topBar = lookOf('', DEFAULT_LINK);
  const looks = Object.entries(panels).map(([panelId, { link }]) => lookOf(panelId, link));
  return shownDecks([topBar, ...looks], decks, activePanelId);
}
