import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { type DeckView, MAX_DECKS } from '#contract/replay-requests.ts';
import type { EpochMs } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { Deck } from './deck.ts';
import type { DeckOpening, SourceSoFar } from './deck-opening.ts';
import { A, StageDouble } from './deck-stage.fixture.ts';
import { Decks } from './decks.ts';
import { sourceOf, tradeAt } from './replay-source.fixture.ts';

const SOURCE = sourceOf([[tradeAt(A, 1_000, 'a0'), tradeAt(A, 9_000, 'a1')]]);
const soFar = (progress: number): SourceSoFar => ({
  ...SOURCE,
  toTime: (1_000 + 8_000 * progress) as EpochMs,
  progress,
});

/** What is kept of the numbers, over a restart. */
class KeptNumber {
  last = 0;
  isWritable = true;
  keep(number: number): void {
    if (!this.isWritable) throw new Error('the disk is full');
    this.last = number;
  }
}

function setUp(number = new KeptNumber()) {
  const clock = new FakeClock();
  const told: DeckView[] = [];
  const lists: (readonly string[])[] = [];
  const faults: unknown[] = [];
  const decks = new Decks<StageDouble>({
    ...{ clock, number },
    onChange: (deckIds) => lists.push(deckIds),
    onOpening: (view) => told.push(view),
    onFault: (_, fault) => faults.push(fault),
  });
  const createDeck = (id: string) =>
    Deck.open<StageDouble>(
      {
        ...{ id, source: SOURCE, speed: 1, notify: false, clock },
        edge: { hold: () => undefined, release: () => undefined },
        createStage: () => succeed(new StageDouble()),
        saveStage: () => null,
        liveFills: { next: () => null, previous: () => null },
        onNewRun: () => undefined,
        onChange: (view) => told.push(view),
        onFault: (fault) => faults.push(fault),
      },
      [],
    );
  /** Opens one whose source is read until `finish` says what came of it. */
  const begin = () => {
    const reading = Promise.withResolvers<Result<Deck<StageDouble> | null>>();
    let opening: DeckOpening | undefined;
    const opened = decks.open({
      ...{ speed: 1, notify: false },
      create: (one) => {
        opening = one;
        return reading.promise;
      },
    });
    if (!opening) throw new Error('it is begun at once');
    return { opened, opening, finish: reading.resolve, break: reading.reject };
  };
  return { decks, clock, told, lists, faults, createDeck, begin };
}

describe('opening a deck', () => {
  it('have no id of one of before, after a restart either: who knew that one means another deck', async () => {
    const number = new KeptNumber();
    const open = async ({ decks, createDeck }: ReturnType<typeof setUp>) => {
      const opened = await decks.open({
        ...{ speed: 1, notify: false },
        create: ({ id }) => createDeck(id),
      });
      return opened.ok ? opened.value.id : opened.error.message;
    };
    const before = setUp(number);
    expect([await open(before), await open(before)]).toEqual(['d1', 'd2']);
    const after = setUp(number);
    expect(await open(after)).toBe('d3');
    number.isWritable = false;
    expect([await open(after), await open(after)]).toEqual(['d4', 'd5']);
  });

  it('[T4] that is there at once answers with the deck, and nobody hears of an opening', async () => {
    const { decks, clock, told, lists, createDeck } = setUp();
    const opened = await decks.open({
      ...{ speed: 1, notify: false },
      create: ({ id }) => createDeck(id),
    });
    expect(opened).toMatchObject({ value: { id: 'd1', state: 'paused', opening: null, run: 1 } });
    expect(told.map(({ state }) => state)).toEqual(['paused']);
    expect(lists).toEqual([['d1']]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('[T4] that takes long answers before it is there, and tells how far it is', async () => {
    const { decks, clock, told, lists, createDeck, begin } = setUp();
    const { opened, opening, finish } = begin();
    opening.read(soFar(0.1));
    expect(decks.views()).toEqual([]);
    clock.advance(300);
    expect(await opened).toMatchObject({
      value: { id: 'd1', state: 'opening', opening: { progress: 0.1 }, run: 0, toTime: 1_800 },
    });
    expect(lists).toEqual([['d1']]);
    for (const progress of [0.2, 0.3, 0.4]) {
      clock.advance(60);
      opening.read(soFar(progress));
    }
    expect(told.map((view) => view.opening?.progress)).toEqual([0.1, 0.3]);
    expect(decks.view('d1')).toMatchObject({ value: { opening: { progress: 0.4 } } });
    expect(decks.get('d1')).toEqual(
      fail('invalid_state', 'Deck d1 is being opened: 40 % is read.'),
    );
    finish(await createDeck('d1'));
    await nextTurn();
    expect(told.at(-1)).toMatchObject({ state: 'paused', opening: null, run: 1, toTime: 9_001 });
    expect(decks.get('d1').ok).toBe(true);
    expect(decks.ids()).toEqual(['d1']);
  });

  it('answers with why it fails, where that is known at once', async () => {
    const { decks, clock, told, begin } = setUp();
    const { opened, finish } = begin();
    finish(fail('not_found', 'There is no file x.'));
    expect(await opened).toEqual(fail('not_found', 'There is no file x.'));
    expect([decks.views(), told, clock.pendingTimers]).toEqual([[], [], 0]);
  });

  it('says later why it failed, until it is closed', async () => {
    const { decks, clock, told, begin } = setUp();
    const { opened, opening, finish } = begin();
    opening.read(soFar(0.5));
    clock.advance(300);
    await opened;
    finish(fail('unavailable', 'The disk is broken: look at it.'));
    await nextTurn();
    const failed = { state: 'failed', error: 'The disk is broken: look at it.', opening: null };
    expect(told.at(-1)).toMatchObject(failed);
    expect(decks.views()).toMatchObject([failed]);
    expect(decks.get('d1')).toMatchObject({ error: { message: failed.error } });
    await decks.close('d1');
    expect(told.at(-1)?.state).toBe('closed');
    expect(decks.views()).toEqual([]);
  });

  it('is given up by closing it, and what came of it is let go', async () => {
    const { decks, clock, told, lists, createDeck, begin } = setUp();
    const { opened, opening, finish } = begin();
    opening.read(soFar(0.5));
    clock.advance(300);
    await opened;
    expect(await decks.close('d1')).toEqual(succeed({ deckId: 'd1' }));
    expect(opening.signal.aborted).toBe(true);
    expect(told.at(-1)?.state).toBe('closed');
    expect(lists.at(-1)).toEqual([]);
    const late = await createDeck('d1');
    finish(late);
    await nextTurn();
    expect(late.ok && late.value.view().state).toBe('closed');
    expect(decks.view('d1')).toMatchObject({ error: { code: 'not_found' } });
    expect(clock.pendingTimers).toBe(0);
  });

  it('counts among those that may be open, and a fault in it is told', async () => {
    const { decks, faults, begin } = setUp();
    const all = Array.from({ length: MAX_DECKS }, begin);
    expect(await oneMore(decks)).toMatchObject({ error: { code: 'conflict' } });
    all[0]?.break(new Error('bug'));
    expect(await all[0]?.opened).toEqual(fail('internal', 'The deck failed to open.'));
    expect(faults).toEqual([new Error('bug')]);
    await decks.dispose();
    expect(all.slice(1).every(({ opening }) => opening.signal.aborted)).toBe(true);
  });
});

const oneMore = (decks: Decks<StageDouble>) =>
  decks.open({ speed: 1, notify: false, create: async () => succeed(null) });
