import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BOT_SETTINGS } from '#contract/bot-settings.ts';
import { fail, succeed } from '#contract/errors.ts';
import type { DeckView } from '#contract/replay-requests.ts';
import type { DecimalString } from '#domain/decimal.ts';
import type { EpochMs } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { Deck, type DeckOptions } from './deck.ts';
import { A, B, StageDouble } from './deck-stage.fixture.ts';
import type { StagedBot } from './deck-stage.ts';
import { sourceOf, tradeAt } from './replay-source.fixture.ts';

const at = (time: number) => time as EpochMs;
/** Two instruments, ties among them, over several minutes. */
const LANES = [
  [0, 10, 10, 70_000, 70_000, 200_000].map((time, index) => tradeAt(A, 1_000 + time, `a${index}`)),
  [10, 10, 70_000, 130_000].map((time, index) => tradeAt(B, 1_000 + time, `b${index}`)),
];
const ORDER = ['a0', 'a1', 'a2', 'b0', 'b1', 'a3', 'a4', 'b2', 'b3', 'a5'];
const BOT: StagedBot = {
  id: 'd1_bot1',
  draft: {
    ...{ name: 'Bot', strategy: 'grid', instrumentId: A, params: {} },
    ...{ initialCash: '1' as DecimalString, makerFeeBps: 0, takerFeeBps: 0 },
    ...DEFAULT_BOT_SETTINGS,
  },
  isRunning: true,
};

type Deckable = Partial<DeckOptions<StageDouble>> & { bots?: readonly StagedBot[] };

async function tryDeck({ bots = [], ...changes }: Deckable = {}) {
  const clock = new FakeClock();
  const stages: StageDouble[] = [];
  const views: DeckView[] = [];
  const told: string[] = [];
  const put = (stage: StageDouble) => {
    stages.push(stage);
    return succeed(stage);
  };
  const opened = await Deck.open<StageDouble>(
    {
      ...{ id: 'd1', source: sourceOf(LANES), speed: 'max', notify: false, clock },
      edge: { hold: () => told.push('hold'), release: () => told.push('release') },
      createStage: () => put(new StageDouble()),
      saveStage: (stage) => {
        const saved = stage.copy();
        return { bytes: 100, restore: () => put(saved.copy()) };
      },
      liveFills: { next: () => null, previous: () => null },
      onNewRun: ({ run }) => told.push(`run ${run}`),
      onChange: (view) => views.push(view),
      onFault: (fault) => {
        throw fault;
      },
      ...changes,
    },
    bots,
  );
  return { clock, stages, views, told, opened };
}

async function openDeck(options: Deckable = {}) {
  const { opened, clock, ...rest } = await tryDeck(options);
  if (!opened.ok) throw new Error(opened.error.message);
  const deck = opened.value;
  /** Lets time go by until nothing is under way. */
  const settle = async () => {
    for (let turn = 0; turn < 1_000; turn += 1) {
      await nextTurn();
      const { state } = deck.view();
      if (state !== 'playing' && state !== 'seeking') return;
      clock.advance(10);
    }
    throw new Error('the deck does not settle');
  };
  const settled = async (work: Promise<unknown>) => {
    let isDone = false;
    void work.then(() => {
      isDone = true;
    });
    while (!isDone) {
      await nextTurn();
      clock.advance(10);
    }
    await settle();
  };
  return { deck, clock, settle, settled, ...rest };
}

describe('a deck', () => {
  it('[T4] plays all instruments in the order of time, and ends', async () => {
    const { deck, stages, settled, clock } = await openDeck();
    await settled(deck.play());
    expect(stages[0]?.played).toEqual(ORDER);
    expect(deck.view()).toMatchObject({ state: 'ended', tradesPlayed: 10, time: 201_001 });
    expect(clock.pendingTimers).toBe(0);
  });

  it('[T4] steps a trade at a time, also through those of one moment', async () => {
    const { deck, stages, settled } = await openDeck();
    for (let count = 1; count <= 4; count += 1) {
      await settled(deck.step('trade', '1m'));
      expect(stages[0]?.played).toEqual(ORDER.slice(0, count));
    }
    expect(deck.view()).toMatchObject({ state: 'paused', time: 1_010 });
    const trades = deck.trades(A, { limit: 10 });
    expect(trades.ok && trades.value.map(({ id }) => id)).toEqual(['a0', 'a1', 'a2']);
  });

  it('[T4] steps to the end of the next candle that has anything in it', async () => {
    const { deck, stages, settled } = await openDeck();
    const places: [number, number][] = [];
    for (let count = 0; count < 4; count += 1) {
      await settled(deck.step('candle', '1m'));
      places.push([deck.time, stages[0]?.played.length ?? 0]);
    }
    expect(places).toEqual([
      [60_000, 5],
      [120_000, 8],
      [180_000, 9],
      [201_001, 10],
    ]);
    expect(deck.view().state).toBe('ended');
    expect(await deck.step('trade', '1m')).toMatchObject({ error: { code: 'invalid_state' } });
  });

  it('[T4] goes anywhere at once without bots: what was due by then is known, and no more', async () => {
    const { deck, stages, told } = await openDeck();
    expect(await deck.seek(at(71_000))).toMatchObject({ value: { state: 'paused', run: 2 } });
    // What came before this minute it knows by its candles.
    expect(stages[0]?.remembered).toEqual(['a3', 'a4', 'b2']);
    expect(stages[0]?.played).toEqual([]);
    expect(told).toEqual(['hold', 'run 2', 'release']);
    expect(deck.time).toBe(71_000);
    await deck.seek(at(0));
    expect(deck.time).toBe(1_000);
    await deck.seek(at(9_000_000));
    expect(deck.view()).toMatchObject({ state: 'ended', time: 201_001 });
  });

  it('[T4] lets bots live through all of it: on forward, back from the start', async () => {
    const { deck, stages, settle } = await openDeck({ bots: [BOT] });
    await deck.seek(at(71_000));
    await settle();
    expect(stages[0]?.played).toEqual(ORDER.slice(0, 8));
    await deck.seek(at(1_010));
    await settle();
    expect(stages[0]?.isDisposed).toBe(true);
    expect(stages[1]?.played).toEqual(ORDER.slice(0, 5));
    expect(stages[1]?.bots()).toEqual([BOT]);
    expect(deck.view()).toMatchObject({ time: 1_010, run: 3, botIds: ['d1_bot1'] });
  });

  it('[T4] shows the market of where it goes at once, and then lets its bots catch up', async () => {
    const { deck, stages, told, settle } = await openDeck({ bots: [BOT] });
    await deck.seek(at(200_000));
    await settle();
    told.length = 0;
    const sought = await deck.seek(at(71_000));
    // What came before this minute it knows by its candles.
    expect(stages[1]?.shown).toEqual(['a3', 'a4', 'b2']);
    expect(sought).toMatchObject({
      value: { state: 'seeking', time: 71_000, seek: { time: 71_000, isShown: true } },
    });
    expect(deck.trades(A, { limit: 1 })).toMatchObject({ value: [{ id: 'a4' }] });
    expect(told.slice(0, 4)).toEqual(['hold', 'run 3', 'release', 'hold']);
    await settle();
    expect(stages[1]).toMatchObject({
      shown: ['a3', 'a4', 'b2'],
      played: ORDER.slice(0, 8),
    });
    expect(deck.view()).toMatchObject({ state: 'paused', time: 71_000, run: 3, seek: null });
    expect(told.at(-1)).toBe('release');
  });

  it('[T4] goes back, and on again, without playing more than lies between two waypoints', async () => {
    const waypoints = { finestTrades: 2, finestMs: 0, mostWaypoints: 100, mostBytes: 1_000_000 };
    const { deck, stages, settle } = await openDeck({ bots: [BOT], waypoints });
    const go = async (time: number) => {
      await deck.seek(at(time));
      await settle();
      return stages.at(-1);
    };
    expect(await go(201_000)).toMatchObject({ played: ORDER, givenCount: 10 });
    // Known after 8 trades, of which the last is the last of that moment.
    expect(await go(71_000)).toMatchObject({ played: ORDER.slice(0, 8), givenCount: 0 });
    expect(deck.view()).toMatchObject({ time: 71_000, tradesPlayed: 8, botIds: ['d1_bot1'] });
    // Known after 2 and 4 trades, of which the fourth is not the last of its moment.
    expect(await go(1_010)).toMatchObject({ played: ORDER.slice(0, 5), givenCount: 1 });
    expect(await go(131_000)).toMatchObject({ played: ORDER.slice(0, 9), givenCount: 1 });
    expect(await go(201_000)).toMatchObject({ played: ORDER, givenCount: 0 });
    // Nothing is known of the beginning but the beginning.
    expect(await go(1_000)).toMatchObject({ played: [], givenCount: 0 });
  });

  it('[T4] plays all of it again where the user has had a hand in it, with the bots as they are', async () => {
    const waypoints = { finestTrades: 2, finestMs: 0, mostWaypoints: 100, mostBytes: 1_000_000 };
    const { deck, stages, settle } = await openDeck({ bots: [BOT], waypoints });
    await deck.seek(at(201_000));
    await settle();
    const stopped = { ...BOT, isRunning: false };
    deck.stage.bots = () => [stopped];
    deck.interfere();
    await deck.seek(at(71_000));
    await settle();
    expect(stages.at(-1)).toMatchObject({ played: ORDER.slice(0, 8), givenCount: 8 });
    expect(stages.at(-1)?.bots()).toEqual([stopped]);
    await deck.seek(at(131_000));
    await settle();
    await deck.seek(at(71_000));
    await settle();
    expect(stages.at(-1)).toMatchObject({ played: ORDER.slice(0, 8), givenCount: 0 });
  });

  it('[T4] goes back to where its bots are when it is given up', async () => {
    const { deck, stages, told, clock, settle } = await openDeck({ bots: [BOT] });
    const pass = deck.stage.pass.bind(deck.stage);
    deck.stage.pass = (event) => {
      pass(event);
      clock.advance(5);
    };
    await deck.seek(at(201_000));
    expect(deck.view()).toMatchObject({ time: 201_000, run: 2 });
    const paused = deck.pause();
    await settle();
    expect(await paused).toMatchObject({ value: { state: 'paused', run: 3 } });
    const { played, shown } = stages[0] ?? {};
    expect(played?.length).toBeLessThan(ORDER.length);
    expect(shown).toEqual(played);
    expect(told.slice(-2)).toEqual(['run 3', 'release']);
  });

  it('[T4] seeks to the fills of its bots and of the live ledger', async () => {
    const liveFills = {
      next: (_: unknown, time: number) => (time < 131_000 ? at(131_000) : null),
      previous: (_: unknown, time: number) => (time > 1_000 ? at(1_000) : null),
    };
    const { deck, settle } = await openDeck({ bots: [BOT], liveFills });
    const go = async (direction: 'next' | 'previous') => {
      const sought = await deck.seekFill(direction);
      await settle();
      return sought.ok ? deck.time : sought.error.code;
    };
    expect([await go('next'), await go('next'), await go('next')]).toEqual([
      1_010, 71_000, 131_000,
    ]);
    expect([await go('previous'), await go('previous'), await go('previous')]).toEqual([
      71_000, 1_010, 1_000,
    ]);
    expect(await go('previous')).toBe('not_found');
  });

  it('[T4] without bots goes to live fills within its range only', async () => {
    const liveFills = { next: () => at(900_000), previous: () => at(10) };
    const { deck } = await openDeck({ liveFills });
    expect(await deck.seekFill('next')).toMatchObject({ error: { code: 'not_found' } });
    expect(await deck.seekFill('previous')).toMatchObject({ error: { code: 'not_found' } });
  });

  it('[T4] gives up a seek when it is paused, and tells how far it is', async () => {
    const { deck, views, clock, settle } = await openDeck({ bots: [BOT] });
    const busy = deck.stage.pass.bind(deck.stage);
    deck.stage.pass = (event) => {
      busy(event);
      clock.advance(5);
    };
    await deck.seek(at(201_000));
    const paused = deck.pause();
    await settle();
    expect(await paused).toMatchObject({ value: { state: 'paused', seek: null } });
    expect(deck.time).toBeLessThan(201_000);
    const seeking = views.find(({ state }) => state === 'seeking');
    expect(seeking?.seek).toMatchObject({ time: 201_000 });
    expect(seeking?.seek?.progress).toBeLessThan(0.01);
  });

  it('[T5] has played the same to its end, whatever was asked of it on the way', async () => {
    const way = fc.oneof(
      fc.record({ do: fc.constant('seek' as const), time: fc.integer({ min: 0, max: 210_000 }) }),
      fc.record({ do: fc.constantFrom('trade' as const, 'candle' as const) }),
      fc.record({ do: fc.constantFrom('play' as const, 'pause' as const, 'next' as const) }),
    );
    const limits = fc.record({
      finestTrades: fc.integer({ min: 1, max: 4 }),
      finestMs: fc.constant(0),
      mostWaypoints: fc.integer({ min: 1, max: 5 }),
      mostBytes: fc.integer({ min: 100, max: 1_000 }),
    });
    const kind = fc.record({ isFile: fc.boolean(), waypoints: limits });
    await fc.assert(
      fc.asyncProperty(fc.array(way, { maxLength: 8 }), kind, async (ways, deckKind) => {
        const { isFile, waypoints } = deckKind;
        const source = sourceOf(LANES, { isSeekable: !isFile });
        const opened = await openDeck({ bots: [BOT], source, waypoints });
        const { deck, stages, settle, settled, clock } = opened;
        for (const one of ways) {
          if (one.do === 'seek') await deck.seek(at(one.time));
          else if (one.do === 'play') await deck.play();
          else if (one.do === 'pause') await settled(deck.pause());
          else if (one.do === 'next') await deck.seekFill('next');
          else await settled(deck.step(one.do, '1m'));
        }
        await settle();
        const stage = stages.at(-1);
        const lived = stage?.played.length ?? 0;
        const shown = stage?.shown ?? [];
        expect(shown).toEqual(ORDER.slice(lived - shown.length, lived));
        if (deck.view().state !== 'ended') await settled(deck.play());
        expect(stages.at(-1)?.played).toEqual(ORDER);
        expect(stages.at(-1)?.shown.at(-1)).toBe('a5');
        expect(stages.slice(0, -1).every(({ isDisposed }) => isDisposed)).toBe(true);
        await deck.close();
        expect(clock.pendingTimers).toBe(0);
      }),
      { numRuns: 120 },
    );
  });

  it('lets go of everything when it is closed, also on its way', async () => {
    const { deck, stages, views, clock, told } = await openDeck({ speed: 1 });
    await deck.play();
    await deck.close();
    expect(views.at(-1)?.state).toBe('closed');
    expect(told.at(-1)).toBe('run 1');
    expect(stages.every(({ isDisposed }) => isDisposed)).toBe(true);
    expect(clock.pendingTimers).toBe(0);
    expect(await deck.play()).toMatchObject({ error: { code: 'not_found' } });
  });

  it('says why it cannot go on, and nothing more happens', async () => {
    const broken = sourceOf(LANES, {
      lanes: () => [{ next: () => fail('unavailable', 'A block is damaged.') }],
    });
    const { opened, stages } = await tryDeck({ source: broken });
    expect(opened).toEqual(fail('unavailable', 'A block is damaged.'));
    expect(stages[0]?.isDisposed).toBe(true);
    const lane = [...(LANES[0] ?? [])];
    const half = sourceOf(LANES, {
      isSeekable: false,
      lanes: () => [
        {
          next: () => {
            const event = lane.shift();
            return lane.length < 3 || !event
              ? fail('unavailable', 'A block is damaged.')
              : succeed([event]);
          },
        },
      ],
    });
    const { deck, settled } = await openDeck({ source: half });
    await settled(deck.play());
    expect(deck.view()).toMatchObject({ state: 'failed', error: 'A block is damaged.' });
    expect(await deck.play()).toEqual(fail('invalid_state', 'A block is damaged.'));
  });

  it('refuses a bot that cannot be, and leaves nothing open', async () => {
    const draft = { ...BOT.draft, strategy: 'luck' };
    const { opened, stages, clock } = await tryDeck({ bots: [{ ...BOT, draft }] });
    expect(opened).toMatchObject({ error: { message: 'strategy: there is no luck' } });
    expect(stages[0]?.isDisposed).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  it('[T4] shows a gap while it stands in it', async () => {
    const gap = { fromTime: at(80_000), toTime: at(120_000), reason: 'down', instrumentId: A };
    const source = sourceOf(LANES, { gaps: [{ ...gap, backfilled: 'no' }] });
    const { deck } = await openDeck({ source });
    expect(deck.view()).toMatchObject({ gaps: [{ instrumentId: 'd1_a:A/B' }], openGaps: [] });
    await deck.seek(at(100_000));
    expect(deck.view().openGaps).toMatchObject([{ reason: 'down' }]);
    await deck.seek(at(120_000));
    expect(deck.view().openGaps).toEqual([]);
  });
});
