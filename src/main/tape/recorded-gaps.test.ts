import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail } from '#contract/errors.ts';
import { BTC, below, play, TapeBench, trades, unwrap } from '#tests/fakes/tape-bench.ts';
import type { TapeStore } from './tape-store.ts';

describe('gaps on the tape', () => {
  let bench: TapeBench;
  beforeEach(() => {
    bench = new TapeBench();
  });
  afterEach(() => bench.end());

  it('stores gaps once; what fell into one can still be added, long after', () => {
    const gap = {
      instrumentId: BTC,
      fromTime: 1_000_010,
      toTime: 1_000_021,
      reason: 'disconnected',
    };
    const target = bench.recorder();
    play(target, trades(1, 10));
    target.recordGap(gap);
    target.recordGap(gap);
    play(target, trades(21, 9_000));
    target.dispose();
    const everything = { fromTime: 0, toTime: Number.MAX_SAFE_INTEGER };
    expect(unwrap(bench.tape.gaps(BTC, everything))).toEqual([{ ...gap, backfilled: 'no' }]);
    expect(unwrap(bench.tape.gaps(BTC, { fromTime: 0, toTime: 1_000_010 }))).toEqual([]);
    const backfill = bench.recorder();
    play(backfill, trades(5, 30));
    backfill.dispose();
    expect(backfill.stats()).toMatchObject({ trades: 10, duplicates: 16 });
    expect(
      bench
        .onTape()
        .map((item) => Number(item.id))
        .sort((a, b) => a - b),
    ).toEqual(trades(1, 9_000).map((item) => Number(item.id)));
  });

  const outage = { instrumentId: BTC, fromTime: 1_000_010, toTime: 1_000_021 };

  it('[T1] takes what was missed as blocks of its own, once, and marks the gap', () => {
    const target = bench.recorder();
    play(target, trades(1, 10));
    target.recordGap({ ...outage, reason: 'disconnected' });
    play(target, trades(21, 30));
    const missed = { ...outage, trades: trades(8, 23), isComplete: true };
    target.recordBackfill(missed);
    target.recordBackfill(missed);
    play(target, trades(31, 40));
    target.dispose();
    expect(target.stats()).toMatchObject({ trades: 40, duplicates: 6 + 16, pending: 0 });
    expect(unwrap(bench.tape.lastBlocks(BTC, 9))).toMatchObject([
      { firstId: 1, lastId: 10 },
      { firstId: 21, lastId: 30 },
      { firstId: 11, lastId: 20 },
      { firstId: 31, lastId: 40 },
    ]);
    const gaps = unwrap(bench.tape.gaps(BTC, { fromTime: 0, toTime: 2e6 }));
    expect(gaps).toEqual([{ ...outage, reason: 'disconnected', backfilled: 'wholly' }]);
  });

  it('[T1] has each trade once although another writer brought some meanwhile', () => {
    const target = bench.recorder();
    play(target, trades(1, 10));
    target.flush();
    // An import beside it: the same instrument, blocks below zero.
    const importer = bench.recorder({ store: below(bench.tape) });
    play(importer, trades(11, 30));
    importer.dispose();
    const missed = { ...outage, trades: trades(8, 23), isComplete: true };
    target.recordBackfill(missed);
    target.flush();
    expect(bench.onTape().map(({ id }) => Number(id))).toEqual(
      trades(1, 30).map(({ id }) => Number(id)),
    );
    target.reread(BTC);
    play(target, trades(25, 35));
    target.dispose();
    expect(bench.onTape().map(({ id }) => Number(id))).toEqual(
      trades(1, 35).map(({ id }) => Number(id)),
    );
  });

  it('reads a tape anew only when what it holds itself is on disk', () => {
    let isFull = true;
    const store: TapeStore = {
      ...bench.tape,
      write: (batch) =>
        isFull ? fail('unavailable', 'The disk is full.') : bench.tape.write(batch),
    };
    const target = bench.recorder({ store });
    play(target, trades(1, 10));
    target.reread(BTC);
    isFull = false;
    play(target, trades(5, 20));
    target.dispose();
    expect(bench.onTape()).toHaveLength(20);
  });

  it('marks a gap that was filled in part as such, and what was whole stays whole', () => {
    const target = bench.recorder();
    target.recordGap({ ...outage, reason: 'disconnected' });
    const states = [];
    for (const isComplete of [false, true, false]) {
      target.recordBackfill({ ...outage, trades: [], isComplete });
      target.flush();
      states.push(unwrap(bench.tape.gaps(BTC, outage)).map(({ backfilled }) => backfilled));
    }
    expect(states).toEqual([['partly'], ['wholly'], ['wholly']]);
    target.dispose();
  });

  it('leaves the gap a gap where there is no room for what was missed', () => {
    const target = bench.recorder({ mostPending: 10 });
    target.recordGap({ ...outage, reason: 'disconnected' });
    target.recordBackfill({ ...outage, trades: trades(11, 30), isComplete: true });
    target.dispose();
    expect(target.stats()).toMatchObject({ trades: 0, dropped: 20 });
    expect(unwrap(bench.tape.gaps(BTC, outage))).toMatchObject([{ backfilled: 'no' }]);
  });
});
