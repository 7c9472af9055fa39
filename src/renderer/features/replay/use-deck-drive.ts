import type { DeckView } from '#contract/replay-requests.ts';
import { useActions } from '../../app/app-context.ts';
import { type Command, useCommand } from '../../ui/use-command.ts';
import type { DeckAct } from './deck-keys.ts';
import { performAct, seekTo } from './perform-act.ts';

export interface DeckDrive extends Omit<Command, 'run'> {
  readonly act: (act: DeckAct) => void;
  readonly seek: (time: number) => void;
  readonly setSpeed: (speed: DeckView['speed']) => void;
  readonly close: () => void;
}

/** The controls of one deck; what the hub refuses is shown beside them. */
export function useDeckDrive(deck: DeckView): DeckDrive {
  const { decks } = useActions();
  const { run, ...command } = useCommand();
  return {
    ...command,
    act: (act) => void run(() => performAct(decks, deck, act)),
    seek: (time) => void run(() => seekTo(decks, deck, time)),
    setSpeed: (speed) => void run(() => decks.drive('replay.setSpeed', { deckId: deck.id, speed })),
    close: () => void run(() => decks.close(deck.id)),
  };
}
