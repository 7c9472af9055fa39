import { fail, type Result, succeed } from '#contract/errors.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { TimerClock } from '#domain/clock.ts';
import { sleep } from '#main/feeds/sleep.ts';
import type { HubLine } from './hub-request.ts';

/** Within the requests that a connection may make (rule H4). */
const ASK_EVERY_MS = 200;

/** When a deck has done what it was told: at the place it was sent to, or played to its end. */
export type DeckGoal = 'there' | 'end';

const UNDER_WAY: Readonly<Record<DeckGoal, readonly DeckView['state'][]>> = {
  there: ['opening', 'seeking'],
  end: ['opening', 'seeking', 'playing'],
};

export interface DriveTerms {
  readonly goal: DeckGoal;
  readonly clock: TimerClock;
  readonly signal: AbortSignal;
  readonly onWay?: (deck: DeckView) => void;
}

/** Follows a deck from the answer to what it was told until that is done. Null where the signal gave it up. */
export async function followDeck(
  hub: Pick<HubLine, 'ask'>,
  told: Result<DeckView>,
  { goal, clock, signal, onWay }: DriveTerms,
): Promise<Result<DeckView | null>> {
  let deck = told;
  while (deck.ok && UNDER_WAY[goal].includes(deck.value.state)) {
    onWay?.(deck.value);
    await sleep(clock, ASK_EVERY_MS, signal);
    if (signal.aborted) return giveUp(hub, deck.value);
    deck = await hub.ask('replay.get', { deckId: deck.value.id });
  }
  if (!deck.ok || deck.value.state !== 'failed') return deck;
  return fail('unavailable', deck.value.error ?? `The deck ${deck.value.id} failed.`);
}

/** A deck that is not open yet is of no use to anyone. */
async function giveUp(
  hub: Pick<HubLine, 'ask'>,
  { id: deckId, state }: DeckView,
): Promise<Result<null>> {
  const given = await hub.ask(state === 'opening' ? 'replay.close' : 'replay.pause', { deckId });
  return given.ok ? succeed(null) : given;
}
