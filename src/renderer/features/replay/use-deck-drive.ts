import type { Result } from '#contract/errors.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { EpochMs } from '#domain/units.ts';
import { useActions } from '../../app/app-context.ts';
import type { DeckCommands } from '../../app/deck-commands.ts';
import { type Command, useCommand } from '../../ui/use-command.ts';
import { type DeckAct, speedAfter } from './deck-keys.ts';

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
    act: (act) => void run(() => perform(decks, deck, act)),
    seek: (time) => void run(() => seekTo(decks, deck, time)),
    setSpeed: (speed) => void run(() => decks.drive('replay.setSpeed', { deckId: deck.id, speed })),
    close: () => void run(() => decks.close(deck.id)),
  };
}

function perform(decks: DeckCommands, deck: DeckView, act: DeckAct): Promise<Result<unknown>> {
  const deckId = deck.id;
  switch (act.kind) {
    case 'toggle':
      return deck.state === 'playing' || deck.state === 'seeking'
        ? decks.drive('replay.pause', { deckId })
        : decks.drive('replay.play', { deckId });
    case 'stepTrade':
      return decks.drive('replay.step', { deckId, by: 'trade' });
    case 'stepCandle':
      return decks.drive('replay.step', { deckId, by: 'candle' });
    case 'fill':
      return decks.drive('replay.seek', { deckId, fill: act.to });
    case 'skip':
      return seekTo(decks, deck, deck.time + act.byMs);
    case 'faster':
      return decks.drive('replay.setSpeed', { deckId, speed: speedAfter(deck.speed, 1) });
    case 'slower':
      return decks.drive('replay.setSpeed', { deckId, speed: speedAfter(deck.speed, -1) });
  }
}

function seekTo(decks: DeckCommands, deck: DeckView, time: number): Promise<Result<unknown>> {
  const within = Math.min(deck.toTime, Math.max(deck.fromTime, Math.round(time))) as EpochMs;
  return decks.drive('replay.seek', { deckId: deck.id, time: within });
}
