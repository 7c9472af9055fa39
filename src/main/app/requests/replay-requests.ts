import { fail, type Result, succeed } from '#contract/errors.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { Caller } from '#contract/scopes.ts';
import type { Replay, ReplayDeck } from '../replay/compose-replay.ts';
import type { Handlers } from './request-handler.ts';

const ACCESS_DENIED = fail('access_denied', 'Access denied');

/** Decks are the owner's: a token that was granted single bots may look at them, and no more. */
const mayDrive = ({ bots }: Caller): boolean => bots === 'all';

/** What drives the replay decks. */
export function replayHandlers({ replay }: { readonly replay: Replay }) {
  const drive = async (
    { deckId }: { readonly deckId: string },
    caller: Caller,
    work: (deck: ReplayDeck) => Result<DeckView> | Promise<Result<DeckView>>,
  ): Promise<Result<DeckView>> => {
    if (!mayDrive(caller)) return ACCESS_DENIED;
    const deck = replay.decks.get(deckId);
    return deck.ok ? work(deck.value) : deck;
  };
  return {
    'replay.list': () => succeed({ decks: [...replay.decks.views()] }),
    'replay.get': ({ deckId }) => replay.decks.view(deckId),
    'replay.timeline': ({ deckId }, { bots }) => replay.timeline(deckId, bots),
    'replay.open': async (request, caller) => {
      const readsFile = request.file !== undefined;
      if (!mayDrive(caller) || (readsFile && !caller.scopes.includes('admin'))) {
        return ACCESS_DENIED;
      }
      return replay.open(request);
    },
    'replay.play': (request, caller) => drive(request, caller, (deck) => deck.play()),
    'replay.pause': (request, caller) => drive(request, caller, (deck) => deck.pause()),
    'replay.step': (request, caller) =>
      drive(request, caller, (deck) => deck.step(request.by, request.interval)),
    'replay.seek': (request, caller) => {
      const { time, fill = 'next' } = request;
      return drive(request, caller, (deck) =>
        time === undefined ? deck.seekFill(fill) : deck.seek(time),
      );
    },
    'replay.setSpeed': (request, caller) =>
      drive(request, caller, (deck) => deck.setSpeed(request.speed)),
    'replay.close': ({ deckId }, caller) =>
      mayDrive(caller) ? replay.close(deckId) : ACCESS_DENIED,
  } satisfies Partial<Handlers>;
}
