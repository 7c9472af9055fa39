import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, type Result, succeed } from '#contract/errors.ts';
import { type InstrumentId, instrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import { openTapeDatabase, type TapeDatabase } from '../storage/tape-database.ts';
import { readTrades } from './reader.ts';
import { TapeRecorder } from './recorder.ts';
import type { TapeStore } from './tape-store.ts';

const BTC = instrumentId('demo', 'BTC/USDT');
const ETH = instrumentId('demo', 'ETH/USDT');

const trade = (id: number | string, fields: Partial<Trade> = {}): Trade => ({
  instrumentId: BTC,
  id: String(id),
  price: (100 + (typeof id === 'number' ? id % 10 : 0) / 100) as Price,
  size: 0.5 as Size,
  aggressorSide: 'buy',
  eventTime: (1_000_000 + (typeof id === 'number' ? id : 0)) as EpochMs,
  receivedTime: (1_000_007 + (typeof id === 'number' ? id : 0)) as EpochMs,
  ...fields,
});
const trades = (from: number, to: number): Trade[] =>
  Array.from({ length: to - from + 1 }, (_, index) => trade(from + index));

/** The same tape, written to as an importer does. */
const below = (tape: TapeDatabase): TapeStore => ({
  ...tape,
  lastBlocks: () => succeed([]),
  write: (batch) => {
    const sunk = <T extends { readonly sequence: number }>(one: T) => ({
      ...one,
      sequence: one.sequence - 1_000,
    });
    return tape.write({
      ...batch,
      blocks: batch.blocks.map(sunk),
      summaries: batch.summaries?.map(sunk) ?? [],
    });
  },
});

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('TapeRecorder', () => {
  let directory: string;
  let tape: TapeDatabase;
  let clock: FakeClock;
  let reports: string[];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tapedeck-tape-'));
    tape = unwrap(openTapeDatabase(join(directory, 'tape.db')));
    clock = new FakeClock();
    reports = [];
  });
  afterEach(() => {
    tape.close();
    rmSync(directory, { recursive: true });
  });

  const recorder = (options: { store?: TapeStore; mostPending?: number } = {}) =>
    new TapeRecorder({
      store: tape,
      clock,
      onFailure: (reason) => reports.push(reason),
      onRecovery: () => reports.push('recovered'),
      ...options,
    });
  const play = (target: TapeRecorder, items: readonly Trade[]) => {
    for (const item of items) target.record(item);
  };
  const onTape = (id = BTC) => unwrap(readTrades(tape, id, { limit: 1_000_000 }));
  const reopen = () => {
    tape.close();
    tape = unwrap(openTapeDatabase(join(directory, 'tape.db')));
  };

  it('[T1] writes many instruments in turns, each trade within 100 ms', () => {
    const ids = Array.from({ length: 40 }, (_, index) => instrumentId('demo', `C${index}/USDT`));
    const sizes: number[] = [];
    const store: TapeStore = {
      ...tape,
      write: (batch) => {
        sizes.push(batch.blocks.length);
        return tape.write(batch);
      },
    };
    const target = recorder({ store });
    const countOf = (id: InstrumentId) => tape.lastBlocks(id, 1);
    for (let millisecond = 1; millisecond <= 1_000; millisecond += 1) {
      for (const id of ids) target.record(trade(millisecond, { instrumentId: id }));
      clock.advance(1);
      if (millisecond < 200 || millisecond % 50 !== 0) continue;
      for (const id of ids) {
        expect(unwrap(countOf(id))[0]?.count).toBeGreaterThanOrEqual(millisecond - 100);
      }
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6);
    unwrap(target.dispose());
    for (const id of ids) expect(unwrap(countOf(id))[0]?.count).toBe(1_000);
    expect(target.stats()).toMatchObject({ trades: 40_000, pending: 0, dropped: 0 });
  });

  it('[T1] has a trade on disk within 250 ms of its receipt', () => {
    const target = recorder();
    target.record(trade(1));
    clock.advance(50);
    target.record(trade(2));
    expect(onTape()).toEqual([]);
    clock.advance(199);
    expect(onTape()).toEqual(trades(1, 2));
    expect(target.stats()).toMatchObject({ trades: 2, pending: 0 });
    target.dispose();
  });

  it('[T1] refuses a slower flush', () => {
    const options = { store: tape, clock, onFailure: () => 0, onRecovery: () => 0 };
    expect(() => new TapeRecorder({ ...options, flushEveryMs: 201 })).toThrow('[T1]');
  });

  it('keeps no timer while nothing waits, and none after dispose', () => {
    const target = recorder();
    expect(clock.pendingTimers).toBe(0);
    target.record(trade(1));
    expect(clock.pendingTimers).toBe(1);
    clock.advance(200);
    expect(clock.pendingTimers).toBe(0);
    target.record(trade(2));
    expect(target.dispose().ok).toBe(true);
    expect(clock.pendingTimers).toBe(0);
    expect(onTape()).toEqual(trades(1, 2));
    expect(() => target.record(trade(3))).toThrow('Invariant');
  });

  it('[T2] fills blocks to 2,048 trades over many flushes and restarts, in order', () => {
    const all = trades(1, 10_000);
    for (let start = 0; start < all.length; start += 700) {
      const target = recorder();
      play(target, all.slice(start, start + 350));
      target.flush();
      play(target, all.slice(start + 350, start + 700));
      target.dispose();
      reopen();
    }
    expect(onTape()).toEqual(all);
    const blocks = unwrap(tape.lastBlocks(BTC, 10));
    expect(blocks.map(({ count, isSealed }) => [count, isSealed])).toEqual([
      ...Array.from({ length: 4 }, () => [2_048, true]),
      [1_808, false],
    ]);
  });

  it('keeps instruments apart', () => {
    const target = recorder();
    play(target, trades(1, 3));
    target.record(trade(1, { instrumentId: ETH }));
    target.dispose();
    expect(onTape(ETH)).toEqual([trade(1, { instrumentId: ETH })]);
    expect(unwrap(tape.instruments())).toMatchObject([
      { instrumentId: BTC, tradeCount: 3, firstTime: 1_000_001, lastTime: 1_000_003 },
      { instrumentId: ETH, tradeCount: 1 },
    ]);
  });

  it('[T1] records each trade once: played again at once, later, and after a restart', () => {
    const first = recorder();
    play(first, trades(1, 9_000));
    play(first, trades(1, 9_000));
    first.flush();
    play(first, trades(8_500, 9_100));
    expect(first.dispose().ok).toBe(true);
    expect(first.stats()).toMatchObject({ trades: 9_100, duplicates: 9_000 + 501 });
    reopen();
    const second = recorder();
    play(second, trades(1, 9_200));
    second.dispose();
    expect(second.stats()).toMatchObject({ trades: 100, duplicates: 9_100 });
    expect(onTape()).toEqual(trades(1, 9_200));
  });

  it('recognises ids that are no numbers within the recent blocks, across a restart too', () => {
    const named = trades(1, 6_000).map((item) => ({ ...item, id: `t-${item.id}` }));
    const first = recorder();
    play(first, named);
    play(first, named.slice(3_000));
    first.dispose();
    const second = recorder();
    play(second, named.slice(3_000));
    second.dispose();
    expect(onTape()).toEqual(named);
  });

  it('takes a trade that comes late, at its place in time, and then knows it', () => {
    const target = recorder();
    const late = [trade(1), trade(2), trade(5), trade(3), trade(3), trade(4)];
    play(target, late);
    target.dispose();
    expect(onTape().map((item) => item.id)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('adds an older recording to a newer one, once, and reads them by time', () => {
    for (const stretch of [
      trades(50_000, 50_100),
      trades(1, 200),
      trades(1, 200),
      trades(50_050, 50_200),
    ]) {
      const target = recorder();
      play(target, stretch);
      target.dispose();
    }
    expect(onTape()).toEqual([...trades(1, 200), ...trades(50_000, 50_200)]);
  });

  it('goes on over an older stretch without claiming what lies between', () => {
    const newer = recorder();
    play(newer, trades(50_000, 50_100));
    newer.dispose();
    const older = recorder();
    play(older, trades(1, 10));
    play(older, trades(50_101, 50_110));
    older.dispose();
    const between = recorder();
    play(between, trades(100, 6_000));
    between.dispose();
    expect(unwrap(tape.tradeCount(BTC))).toBe(101 + 10 + 10 + 5_901);
    const again = recorder();
    play(again, trades(100, 6_000));
    again.dispose();
    expect(again.stats()).toMatchObject({ trades: 0, duplicates: 5_901 });
  });

  it('stores gaps once; what fell into one can still be added, long after', () => {
    const gap = {
      instrumentId: BTC,
      fromTime: 1_000_010,
      toTime: 1_000_021,
      reason: 'disconnected',
    };
    const target = recorder();
    play(target, trades(1, 10));
    target.recordGap(gap);
    target.recordGap(gap);
    play(target, trades(21, 9_000));
    target.dispose();
    const everything = { fromTime: 0, toTime: Number.MAX_SAFE_INTEGER };
    expect(unwrap(tape.gaps(BTC, everything))).toEqual([{ ...gap, backfilled: 'no' }]);
    expect(unwrap(tape.gaps(BTC, { fromTime: 0, toTime: 1_000_010 }))).toEqual([]);
    const backfill = recorder();
    play(backfill, trades(5, 30));
    backfill.dispose();
    expect(backfill.stats()).toMatchObject({ trades: 10, duplicates: 16 });
    expect(
      onTape()
        .map((item) => Number(item.id))
        .sort((a, b) => a - b),
    ).toEqual(trades(1, 9_000).map((item) => Number(item.id)));
  });

  const outage = { instrumentId: BTC, fromTime: 1_000_010, toTime: 1_000_021 };

  it('[T1] takes what was missed as blocks of its own, once, and marks the gap', () => {
    const target = recorder();
    play(target, trades(1, 10));
    target.recordGap({ ...outage, reason: 'disconnected' });
    play(target, trades(21, 30));
    const missed = { ...outage, trades: trades(8, 23), isComplete: true };
    target.recordBackfill(missed);
    target.recordBackfill(missed);
    play(target, trades(31, 40));
    target.dispose();
    expect(target.stats()).toMatchObject({ trades: 40, duplicates: 6 + 16, pending: 0 });
    expect(unwrap(tape.lastBlocks(BTC, 9))).toMatchObject([
      { firstId: 1, lastId: 10 },
      { firstId: 21, lastId: 30 },
      { firstId: 11, lastId: 20 },
      { firstId: 31, lastId: 40 },
    ]);
    const gaps = unwrap(tape.gaps(BTC, { fromTime: 0, toTime: 2e6 }));
    expect(gaps).toEqual([{ ...outage, reason: 'disconnected', backfilled: 'wholly' }]);
  });

  it('[T1] has each trade once although another writer brought some meanwhile', () => {
    const target = recorder();
    play(target, trades(1, 10));
    target.flush();
    // An import beside it: the same instrument, blocks below zero.
    const importer = recorder({ store: below(tape) });
    play(importer, trades(11, 30));
    importer.dispose();
    const missed = { ...outage, trades: trades(8, 23), isComplete: true };
    target.recordBackfill(missed);
    target.flush();
    expect(onTape().map(({ id }) => Number(id))).toEqual(trades(1, 30).map(({ id }) => Number(id)));
    target.reread(BTC);
    play(target, trades(25, 35));
    target.dispose();
    expect(onTape().map(({ id }) => Number(id))).toEqual(trades(1, 35).map(({ id }) => Number(id)));
  });

  it('reads a tape anew only when what it holds itself is on disk', () => {
    let isFull = true;
    const store: TapeStore = {
      ...tape,
      write: (batch) => (isFull ? fail('unavailable', 'The disk is full.') : tape.write(batch)),
    };
    const target = recorder({ store });
    play(target, trades(1, 10));
    target.reread(BTC);
    isFull = false;
    play(target, trades(5, 20));
    target.dispose();
    expect(onTape()).toHaveLength(20);
  });

  it('marks a gap that was filled in part as such, and what was whole stays whole', () => {
    const target = recorder();
    target.recordGap({ ...outage, reason: 'disconnected' });
    const states = [];
    for (const isComplete of [false, true, false]) {
      target.recordBackfill({ ...outage, trades: [], isComplete });
      target.flush();
      states.push(unwrap(tape.gaps(BTC, outage)).map(({ backfilled }) => backfilled));
    }
    expect(states).toEqual([['partly'], ['wholly'], ['wholly']]);
    target.dispose();
  });

  it('leaves the gap a gap where there is no room for what was missed', () => {
    const target = recorder({ mostPending: 10 });
    target.recordGap({ ...outage, reason: 'disconnected' });
    target.recordBackfill({ ...outage, trades: trades(11, 30), isComplete: true });
    target.dispose();
    expect(target.stats()).toMatchObject({ trades: 0, dropped: 20 });
    expect(unwrap(tape.gaps(BTC, outage))).toMatchObject([{ backfilled: 'no' }]);
  });

  it('keeps trades while the store fails, tells once, and writes them when it recovers', () => {
    let isFull = true;
    const store: TapeStore = {
      write: (batch) => (isFull ? fail('unavailable', 'The disk is full.') : tape.write(batch)),
      lastBlocks: tape.lastBlocks,
      idRanges: tape.idRanges,
    };
    const target = recorder({ store });
    play(target, trades(1, 5_000));
    clock.advance(5_000);
    play(target, trades(5_001, 5_010));
    clock.advance(5_000);
    expect(reports).toEqual(['The disk is full.']);
    expect(target.stats()).toMatchObject({ trades: 0, pending: 5_010, dropped: 0 });
    isFull = false;
    clock.advance(1_000);
    expect(reports).toEqual(['The disk is full.', 'recovered']);
    expect(onTape()).toEqual(trades(1, 5_010));
    expect(target.stats()).toMatchObject({ trades: 5_010, pending: 0 });
    target.dispose();
  });

  it('keeps them too when what is on disk cannot be read at first', () => {
    let isBroken = true;
    const store: TapeStore = {
      write: tape.write,
      lastBlocks: (id, limit) =>
        isBroken ? fail('unavailable', 'The disk reports an error.') : tape.lastBlocks(id, limit),
      idRanges: tape.idRanges,
    };
    const target = recorder({ store });
    play(target, trades(1, 10));
    clock.advance(1_000);
    expect(target.stats()).toMatchObject({ pending: 10 });
    isBroken = false;
    clock.advance(2_000);
    expect(onTape()).toEqual(trades(1, 10));
    target.dispose();
  });

  it('drops trades beyond its bound, and marks them as a gap', () => {
    let isFull = true;
    const store: TapeStore = {
      write: (batch) => (isFull ? fail('unavailable', 'The disk is full.') : tape.write(batch)),
      lastBlocks: tape.lastBlocks,
      idRanges: tape.idRanges,
    };
    const target = recorder({ store, mostPending: 100 });
    play(target, trades(1, 60));
    clock.advance(1_000);
    play(target, trades(61, 130));
    expect(target.stats()).toMatchObject({ pending: 100, dropped: 30 });
    isFull = false;
    clock.advance(1_000);
    play(target, trades(131, 140));
    target.dispose();
    expect(onTape()).toEqual([...trades(1, 100), ...trades(131, 140)]);
    expect(unwrap(tape.gaps(BTC, { fromTime: 0, toTime: Number.MAX_SAFE_INTEGER }))).toEqual([
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
    tape.write({ blocks: [{ ...header, instrumentId: BTC, isSealed: false, bytes }], gaps: [] });
    const target = recorder();
    play(target, trades(1, 6));
    target.dispose();
    const [damaged, good] = unwrap(tape.lastBlocks(BTC, 2));
    expect(damaged?.bytes).toEqual(Buffer.from(bytes));
    expect(good).toMatchObject({ sequence: 1, count: 3, firstId: 4, lastId: 6 });
    expect(readTrades(tape, BTC, { limit: 10 })).toMatchObject({ ok: false });
  });
});
