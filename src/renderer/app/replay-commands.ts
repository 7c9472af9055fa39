import type { DeckView } from '#contract/replay-requests.ts';
import type { Command } from '../commands/command.ts';
import { knownShortcut } from '../commands/shortcut.ts';
import { DECK_KEYS, type DeckKeyName, deckCommandId } from '../features/replay/deck-keys.ts';
import { performAct } from '../features/replay/perform-act.ts';
import { shownDecksOf } from '../features/replay/shown-decks.ts';
import { translator } from '../i18n/i18n.ts';
import type { Stores } from '../stores/stores.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { DeckCommands } from './deck-commands.ts';
import { sayRefusal } from './say-refusal.ts';

export interface ReplayCommandParts {
  readonly workspace: Pick<Workspace, 'store' | 'show'>;
  readonly decks: Pick<DeckCommands, 'drive' | 'close'>;
  readonly stores: Pick<Stores, 'notices' | 'replay' | 'selections'>;
  /** The deck in whose bar the focus is; null where it is elsewhere. */
  readonly focusedDeckId: () => string | null;
}

const t = translator('command-palette');

/** The transport of the deck that one looks at, and the way to open one. */
export function replayCommands(parts: ReplayCommandParts): readonly Command[] {
  const names = Object.keys(DECK_KEYS) as DeckKeyName[];
  return [
    {
      ...{ id: 'replay.open', group: 'replay', title: () => t('commands.openDeck') },
      run: () => void parts.workspace.show('replay'),
    },
    ...names.map((name) => deckCommand(name, parts)),
    closeCommand(parts),
  ];
}

function deckCommand(name: DeckKeyName, parts: ReplayCommandParts): Command {
  const { decks, stores } = parts;
  const key = DECK_KEYS[name];
  return {
    ...{ id: deckCommandId(name), group: 'replay', shortcut: knownShortcut(key.shortcut) },
    ...('alsoBy' in key && { alsoBy: [knownShortcut(key.alsoBy)] }),
    title: () => t(`commands.deck.${name}`),
    isEnabled: () => keyedDeck(parts) !== undefined,
    run: () => {
      const deck = keyedDeck(parts);
      if (deck === undefined) return;
      void sayRefusal(stores, performAct(decks, deck, key.act));
    },
  };
}

const closeCommand = (parts: ReplayCommandParts): Command => ({
  ...{ id: 'replay.close', group: 'replay', title: () => t('commands.closeDeck') },
  isEnabled: () => keyedDeck(parts) !== undefined,
  run: () => {
    const deck = keyedDeck(parts);
    if (deck !== undefined) void sayRefusal(parts.stores, parts.decks.close(deck.id));
  },
});

/** Keys pressed in a deck's bar are that deck's; those pressed elsewhere are the one's that is looked at. */
function keyedDeck({ workspace, stores, focusedDeckId }: ReplayCommandParts): DeckView | undefined {
  const { decks } = stores.replay.getState();
  const focused = focusedDeckId();
  if (focused !== null) return decks[focused];
  const shown = shownDecksOf(workspace.store.getState(), stores.selections, decks);
  return shown.find(({ hasKeys }) => hasKeys)?.deck;
}
