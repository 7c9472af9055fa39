import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fail } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { EpochMs } from '#domain/units.ts';
import { EventMerger } from './event-merger.ts';
import { idOf, laneOf, tradeAt } from './replay-source.fixture.ts';

const START = 1_000 as EpochMs;

async function drain(merger: EventMerger): Promise<{ id: string; time: number }[]> {
  const drained: { id: string; time: number }[] = [];
  for (;;) {
    const read = await merger.prepare();
    expect(read.ok).toBe(true);
    for (; merger.isReady; ) {
      const time = merger.nextTime();
      if (time === null) return drained;
      drained.push({ id: idOf(merger.take()), time });
    }
  }
}

async function drainRuns(merger: EventMerger): Promise<string[]> {
  const drained: string[] = [];
  for (;;) {
    expect((await merger.prepare()).ok).toBe(true);
    if (merger.nextTime() === null) return drained;
    const run = merger.takeRun();
    expect(run.length).toBeGreaterThan(0);
    drained.push(...run.map(idOf));
  }
}

/** Few different times, so that ties are many. */
const lanesArbitrary = fc.array(
  fc.array(fc.integer({ min: 1_000, max: 1_012 }), { maxLength: 30 }),
  { minLength: 1, maxLength: 5 },
);
const chunksArbitrary = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });

describe('merging lanes', () => {
  it('[T4] is by time, then by lane, then as recorded, however much is read at once', async () => {
    await fc.assert(
      fc.asyncProperty(lanesArbitrary, chunksArbitrary, async (times, chunks) => {
        const lanes = times.map((lane, number) =>
          lane
            .toSorted((a, b) => a - b)
            .map((time, index) => tradeAt(`x${number}:A/B`, time, `${number}-${index}`)),
        );
        const expected = lanes
          .flatMap((lane, number) => lane.map((event, index) => ({ event, number, index })))
          .sort(
            (a, b) => timeOf(a.event) - timeOf(b.event) || a.number - b.number || a.index - b.index,
          )
          .map(({ event }) => idOf(event));
        const merger = new EventMerger(
          lanes.map((lane) => laneOf(lane, chunks)),
          START,
        );
        expect((await drain(merger)).map(({ id }) => id)).toEqual(expected);
      }),
    );
  });

  it('[T4] many at once are the same as one by one', async () => {
    await fc.assert(
      fc.asyncProperty(lanesArbitrary, chunksArbitrary, async (times, chunks) => {
        const merger = () =>
          new EventMerger(
            times.map((lane, number) =>
              laneOf(
                lane.map((time, index) => tradeAt(`x${number}:A/B`, time, `${number}-${index}`)),
                chunks,
              ),
            ),
            START,
          );
        expect(await drainRuns(merger())).toEqual((await drain(merger())).map(({ id }) => id));
      }),
    );
  });

  it('[T4] keeps a lane’s own order where its times run backwards, and never goes back', async () => {
    const late = [1_000, 1_010, 1_005, 1_020].map((time, index) =>
      tradeAt('a:A/B', time, `a${index}`),
    );
    const other = [1_006, 1_012].map((time, index) => tradeAt('b:A/B', time, `b${index}`));
    const drained = await drain(new EventMerger([laneOf(late), laneOf(other)], START));
    expect(drained.map(({ id }) => id)).toEqual(['a0', 'b0', 'a1', 'a2', 'b1', 'a3']);
    const times = drained.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('takes an event without a time for as old as the one before it', async () => {
    const quote: MarketEvent = {
      ...{ kind: 'bookLost', instrumentId: 'a:A/B' as InstrumentId },
      ...{ reason: 'gap', receivedTime: 5_000 as EpochMs },
    };
    const lane = [tradeAt('a:A/B', 1_003, 'a0'), quote, tradeAt('a:A/B', 1_004, 'a1')];
    const drained = await drain(new EventMerger([laneOf(lane)], START));
    expect(drained.map(({ time }) => time)).toEqual([1_003, 1_003, 1_004]);
  });

  it('hands on that a lane cannot be read', async () => {
    const broken = { next: () => fail('unavailable', 'damaged') };
    const merger = new EventMerger([laneOf([tradeAt('a:A/B', 1_000, 'a')]), broken], START);
    expect(await merger.prepare()).toEqual(fail('unavailable', 'damaged'));
  });
});

const timeOf = (event: MarketEvent): number => (event.kind === 'trade' ? event.trade.eventTime : 0);
