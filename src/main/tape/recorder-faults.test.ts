import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail } from '#contract/errors.ts';
import { BTC, play, TapeBench, trades, unwrap } from '#tests/fakes/tape-bench.ts';
import { readTrades } from './reader.ts';
import type { TapeStore } from './tape-store.ts';

describe('a recorder whose store fails', () => {
  let bench: TapeBench;
  beforeEach(() => {
    bench = new TapeBench();
  });
  afterEach(() => bench.end());

  /** The bench's tape, as long as the disk has room. */
  const storeOn = (disk: { readonly isFull: boolean }): TapeStore => ({
    write: (batch) =>
      disk.isFull ? fail('unavailable', 'The disk is full.') : bench.tape.write(batch),
    lastBlocks: bench.tape.lastBlocks,
    idRanges: bench.tape.idRanges,
  });

  it('keeps trades while the store fails, tells once, and writes them when it recovers', () => {
    const disk = { isFull: true };
    const target = bench.recorder({ store: storeOn(disk) });
    play(target, trades(1, 5_000));
    bench.clock.advance(5_000);
    play(target, trades(5_001, 5_010));
    bench.clock.advance(5_000);
    expect(bench.reports).toEqual(['The disk is full.']);
    expect(target.stats()).toMatchObject({ trades: 0, pending: 5_010, dropped: 0 });
    disk.isFull = false;
    bench.clock.advance(1_000);
    expect(bench.reports).toEqual(['The disk is full.', 'recovered']);
    expect(bench.onTape()).toEqual(trades(1, 5_010));
    expect(target.stats()).toMatchObject({ trades: 5_010, pending: 0 });
    target.dispose();
  });

  it('keeps them too when what is on disk cannot be read at first', () => {
    let isBroken = true;
    const store: TapeStore = {
      write: bench.tape.write,
      lastBlocks: (id, limit) =>
        isBroken
          ? fail('unavailable', 'The disk reports an error.')
          : bench.tape.lastBlocks(id, limit),
      idRanges: bench.tape.idRanges,
    };
    const target = bench.recorder({ store });
    play(target, trades(1, 10));
    bench.clock.advance(1_000);
    expect(target.stats()).toMatchObject({ pending: 10 });
    isBroken = false;
    bench.clock.advance(2_000);
    expect(bench.onTape()).toEqual(trades(1, 10));
    target.dispose();
  });

  it('drops trades beyond its bound, and marks them as a gap', () => {
    const disk = { isFull: true };
    const target = bench.recorder({ store: storeOn(disk), mostPending: 100 });
    play(target, trades(1, 60));
    bench.clock.advance(1_000);
    play(target, trades(61, 130));
    expect(target.stats()).toMatchObject({ pending: 100, dropped: 30 });
    disk.isFull = false;
    bench.clock.advance(1_000);
    play(target, trades(131, 140));
    target.dispose();
    expect(bench.onTape()).toEqual([...trades(1, 100), ...trades(131, 140)]);
    expect(unwrap(bench.tape.gaps(BTC, { fromTime: 0, toTime: Number.MAX_SAFE_INTEGER }))).toEqual([
      {
        instrumentId: BTC,
        fromTime: 1_000_101,
        toTime: 1_000_130,
        reason: 'the tape could not be written',
        backfilled: 'no',
      },
    ]);
  });

  it('leaves a tail that cannot be read as it is, and goes on behind it', () => {
    const bytes = Uint8Array.from([1, 2, 3]);
    const header = { sequence: 0, firstTime: 5, lastTime: 9, count: 3, firstId: 1, lastId: 3 };
    bench.tape.write({
      blocks: [{ ...header, instrumentId: BTC, isSealed: false, bytes }],
      gaps: [],
    });
    const target = bench.recorder();
    play(target, trades(1, 6));
    target.dispose();
    const [damaged, good] = unwrap(bench.tape.lastBlocks(BTC, 2));
    expect(damaged?.bytes).toEqual(Buffer.from(bytes));
    expect(good).toMatchObject({ sequence: 1, count: 3, firstId: 4, lastId: 6 });
    expect(readTrades(bench.tape, BTC, { limit: 10 })).toMatchObject({ ok: false });
  });
});
