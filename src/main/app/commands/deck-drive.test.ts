import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fail, type Result, succeed } from '#contract/errors.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { type DeckGoal, followDeck } from './deck-drive.ts';
import type { HubLine } from './hub-request.ts';

const deck = (state: DeckView['state'], error: string | null = null) =>
  succeed({ id: 'd1', state, error } as DeckView);

/** A deck that answers one after the other to being asked where it is. */
function setUp(answers: readonly Result<DeckView>[], goal: DeckGoal = 'there') {
  const clock = new FakeClock();
  const stop = new AbortController();
  const asked: string[] = [];
  const seen: string[] = [];
  const left = [...answers];
  const hub = {
    ask: async (method: string) => {
      asked.push(method);
      return left.shift() ?? fail('not_found', 'There is no deck d1');
    },
  } as Pick<HubLine, 'ask'>;
  const follow = (told: Result<DeckView>) =>
    followDeck(hub, told, {
      ...{ goal, clock, signal: stop.signal },
      onWay: ({ state }) => seen.push(state),
    });
  const later = async () => {
    await nextTurn();
    clock.advance(200);
    await nextTurn();
  };
  return { clock, stop, asked, seen, follow, later };
}

describe('a deck that is told to do something', () => {
  it('[T4] has done it at once where it answers that it rests', async () => {
    const { follow, asked, clock } = setUp([]);
    expect(await follow(deck('paused'))).toEqual(deck('paused'));
    expect(await follow(deck('playing'))).toEqual(deck('playing'));
    expect([asked, clock.pendingTimers]).toEqual([[], 0]);
  });

  it('[T4] is followed until it is where it was sent to', async () => {
    const { follow, later, asked, seen } = setUp([deck('seeking'), deck('paused')]);
    const followed = follow(deck('opening'));
    await later();
    expect(asked).toEqual(['replay.get']);
    await later();
    expect(await followed).toEqual(deck('paused'));
    expect(seen).toEqual(['opening', 'seeking']);
  });

  it('[T4] is followed to its end where that is wanted', async () => {
    const { follow, later } = setUp([deck('ended')], 'end');
    const followed = follow(deck('playing'));
    await later();
    expect(await followed).toEqual(deck('ended'));
  });

  it('[T4] says why it could not be opened, or what is wrong with it', async () => {
    const { follow, later } = setUp([deck('failed', 'There is no file x.')]);
    const followed = follow(deck('opening'));
    await later();
    expect(await followed).toMatchObject({ ok: false, error: { message: 'There is no file x.' } });
    const refused = fail('not_found', 'There is no deck d9');
    expect(await follow(refused)).toEqual(refused);
  });

  it.each([
    ['opening', 'replay.close'],
    ['seeking', 'replay.pause'],
  ] as const)('[T4] is let go of while it is %s, by %s', async (state, method) => {
    const { follow, stop, asked, clock } = setUp([deck('paused')]);
    const followed = follow(deck(state));
    stop.abort();
    expect(await followed).toEqual(succeed(null));
    expect([asked, clock.pendingTimers]).toEqual([[method], 0]);
  });
});
