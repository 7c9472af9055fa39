import { describe, expect, it } from 'vitest';
import type { InstrumentId } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import { Playhead } from './playhead.ts';
import { tradeAt } from './replay-source.fixture.ts';

const ID = 'a:A/B' as InstrumentId;
const at = (time: number) => time as EpochMs;
const events = [10, 20, 20, 20, 30].map((time, index) => tradeAt(ID, time, String(index)));
const trades = events.flatMap((event) => (event.kind === 'trade' ? [event.trade] : []));
const playedBy = (playhead: Playhead) => playhead.played(ID, trades).map(({ id }) => id);

describe('the playhead', () => {
  it('[T4] shows nothing of its very moment at the start', () => {
    expect(playedBy(new Playhead(at(20)))).toEqual(['0']);
  });

  it('[T4] shows of trades of one moment those that were played', () => {
    const playhead = new Playhead(at(0));
    for (const event of events.slice(0, 3))
      playhead.onPlayed(event, at(trades[events.indexOf(event)]?.eventTime ?? 0));
    expect(playhead.time).toBe(20);
    expect(playedBy(playhead)).toEqual(['0', '1', '2']);
  });

  it('[T4] counts each instrument for itself', () => {
    const playhead = new Playhead(at(0));
    playhead.onPlayed(tradeAt('b:A/B', 20, 'other'), at(20));
    expect(playedBy(playhead)).toEqual(['0']);
  });

  it('shows all of a moment that it has reached, and none of one that it stands before', () => {
    const reached = new Playhead(at(0));
    reached.reach(at(20), true);
    expect(playedBy(reached)).toEqual(['0', '1', '2', '3']);
    const before = new Playhead(at(0));
    before.reach(at(20), false);
    expect(playedBy(before)).toEqual(['0']);
  });

  it('does not forget what was played at a moment that it is told to stand before', () => {
    const playhead = new Playhead(at(0));
    const [, first] = events;
    if (first) playhead.onPlayed(first, at(20));
    playhead.reach(at(20), false);
    expect(playedBy(playhead)).toEqual(['0', '1']);
  });
});
