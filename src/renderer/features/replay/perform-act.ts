import type { Result } from '#contract/errors.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { EpochMs } from '#domain/units.ts';
import type { DeckCommands } from '../../app/deck-commands.ts';
import { type DeckAct, speedAfter } from './deck-keys.ts';

type Drive = Pick<DeckCommands, 'drive'>;

/** Does to a deck what a button, a key or a command asks for. */
export function performAct(decks: Drive, deck: DeckView, act: DeckAct): Promise<Result<unknown>> {
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

export function seekTo(decks: Drive, deck: DeckView, time: number): Promise<Result<unknown>> {
  const within = Math.min(deck.toTime, Math.max(deck.fromTime, Math.round(time))) as EpochMs;
  return decks.drive('replay.seek', { deckId: deck.id, time: within });
}
