import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ReplaySpeed } from '#contract/replay-requests.ts';
import type { EpochMs } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { EventMerger } from './event-merger.ts';
import { idOf, laneOf, tradeAt } from './replay-source.fixture.ts';
import { type Journey, Transport } from './transport.ts';

const START = 1_000 as EpochMs;

/** A journey over trades at these times, on a clock that the test advances. */
function journeyOver(times: readonly number[], changes: Partial<Journey> = {}) {
  const clock = new FakeClock();
  const played: { id: string; at: number }[] = [];
  const begun = clock.now();
  let position: EpochMs = START;
  const abort = new AbortController();
  const events = times.map((time, index) => tradeAt('a:A/B', time, `${index}`));
  const journey: Journey = {
    merger: new EventMerger([laneOf(events)], START),
    position: () => position,
    until: (Math.max(...times) + 1) as EpochMs,
    inclusive: false,
    speed: () => 1,
    signal: abort.signal,
    onEvent: (event, time) => {
      position = time;
      played.push({ id: idOf(event), at: clock.now() - begun });
      return null;
    },
    onTime: (time) => {
      position = time;
    },
    ...changes,
  };
  const ended = new Transport(clock).travel(journey);
  /** Lets the clock run in steps, and the journey answer each. */
  const advance = async (durationMs: number, stepMs = 5) => {
    for (let gone = 0; gone < durationMs; gone += stepMs) {
      await nextTurn();
      clock.advance(stepMs);
    }
    await nextTurn();
  };
  return { clock, played, abort, ended, advance, position: () => position };
}

describe('playing at a pace', () => {
  it('[T4] plays each event when it is due, and ends with the range', async () => {
    const { played, ended, advance, clock } = journeyOver([1_000, 1_100, 1_100, 1_500]);
    await advance(600);
    expect(await ended).toEqual({ ok: true, value: 'arrived' });
    expect(played.map(({ id }) => id)).toEqual(['0', '1', '2', '3']);
    played.forEach(({ at }, index) => {
      const due = [0, 100, 100, 500][index] ?? 0;
      expect(at).toBeGreaterThanOrEqual(due);
      expect(at).toBeLessThanOrEqual(due + 10);
    });
    expect(clock.pendingTimers).toBe(0);
  });

  it('[T4] moves the time on between events', async () => {
    const { advance, position, abort, ended } = journeyOver([1_000, 9_000]);
    await advance(300);
    expect(position()).toBeGreaterThan(1_200);
    expect(position()).toBeLessThanOrEqual(1_300);
    abort.abort();
    expect(await ended).toEqual({ ok: true, value: 'aborted' });
  });

  it('[T4] follows a change of speed from where it is', async () => {
    let speed: ReplaySpeed = 1;
    const { advance, position, ended, played } = journeyOver([1_000, 1_200, 21_000, 22_000], {
      speed: () => speed,
    });
    await advance(300);
    speed = 100;
    await advance(100);
    expect(position()).toBeGreaterThan(5_000);
    expect(position()).toBeLessThan(12_500);
    speed = 'max';
    await advance(60);
    expect(await ended).toEqual({ ok: true, value: 'arrived' });
    expect(played).toHaveLength(4);
  });

  it('[T4] goes on from where it was after the machine slept: no burst', async () => {
    const times = Array.from({ length: 100 }, (_, index) => 1_000 + index * 1_000);
    const { clock, played, advance, abort, ended } = journeyOver(times);
    await advance(100);
    clock.advance(60_000);
    await nextTurn();
    await advance(100);
    expect(played.length).toBeLessThanOrEqual(3);
    abort.abort();
    await ended;
  });

  it('leaves the event loop to others every 8 ms at max', async () => {
    const times = Array.from({ length: 200 }, (_, index) => 1_000 + index);
    let clock: FakeClock | null = null;
    const slices: number[] = [];
    let turn = 0;
    const journey = journeyOver(times, {
      speed: () => 'max',
      onEvent: () => {
        clock?.advance(1);
        slices[turn] = (slices[turn] ?? 0) + 1;
        return null;
      },
    });
    clock = journey.clock;
    let isOver = false;
    void journey.ended.then(() => {
      isOver = true;
    });
    while (!isOver) {
      await nextTurn();
      turn += 1;
      clock.advance(1);
    }
    expect(slices.reduce((sum, count) => sum + count, 0)).toBe(200);
    expect(Math.max(...slices.filter((count) => count > 0))).toBeLessThanOrEqual(9);
  });

  it('[T5] stands still until what was played last is dealt with', async () => {
    const dealtWith = Promise.withResolvers<void>();
    const seen: string[] = [];
    const { ended } = journeyOver([1_000, 1_001], {
      speed: () => 'max',
      onEvent: (event) => {
        seen.push(idOf(event));
        return dealtWith.promise;
      },
    });
    await nextTurn();
    expect(seen).toEqual(['0']);
    dealtWith.resolve();
    await ended;
    expect(seen).toEqual(['0', '1']);
  });

  it('stops after the event that is enough', async () => {
    let count = 0;
    const { ended, position } = journeyOver([1_000, 1_001, 1_002], {
      speed: () => 'max',
      isDone: () => ++count === 2,
    });
    expect(await ended).toEqual({ ok: true, value: 'done' });
    expect(position()).toBe(1_001);
  });
});
