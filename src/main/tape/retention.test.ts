import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail } from '#contract/errors.ts';
import { CANDLE_INTERVALS } from '#domain/candle.ts';
import type { Trade } from '#domain/trade.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import {
  allTrades,
  BTC,
  candlesByTheRule,
  record,
  START,
  stretches,
  tradeOf,
  unwrap,
} from '#tests/support/invented-tape.ts';
import { openTapeDatabase, type TapeDatabase } from '../storage/tape-database.ts';
import { deleteBlocks } from './block-deletion.ts';
import { readTapeCandles } from './candles.ts';
import { keepWithin, type TapeLimits } from './retention.ts';

const DAY_MS = 86_400_000;
const KEPT_FOR_EVER: TapeLimits = { maxAgeMs: null, maxBytes: null };

/** Thirty bits that nothing foretells: the mixing of murmur3, https://github.com/aappleby/smhasher. */
function scattered(index: number): number {
  const mixed = Math.imul(index ^ (index >>> 16) ^ 0x5bd1e995, 0x85ebca6b);
  return (Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) >>> 0) % 1_000_000_007;
}

/** Sizes that do not compress, so that a file has some size. */
const noisy = (count: number, stepMs: number): Trade[] =>
  Array.from({ length: count }, (_, index) =>
    tradeOf(
      {
        atMs: index * stepMs,
        cents: 6_000_000 + ((index * 7_919) % 10_007),
        units: scattered(index),
        isSell: index % 3 === 0,
      },
      index,
    ),
  );

// All of it is computing, in no time but the machine's: a busy one takes some times as long.
describe('keepWithin', { timeout: 30_000 }, () => {
  let directory: string;
  let path: string;
  let tape: TapeDatabase;
  let clock: FakeClock;
  let failures: string[];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tapedeck-retention-'));
    path = join(directory, 'tape.db');
    tape = unwrap(openTapeDatabase(path));
    failures = [];
  });
  afterEach(() => {
    tape.close();
    rmSync(directory, { recursive: true });
  });

  /** Lets it work for a minute, long after it should have nothing left to do. */
  function keep(limits: TapeLimits, now = START + 10 * DAY_MS, store = tape): void {
    clock = new FakeClock(now);
    const stop = keepWithin({
      ...{ store, clock, limits: () => limits, onFailure: (reason) => failures.push(reason) },
    });
    clock.advance(60_000);
    stop();
    expect(clock.pendingTimers).toBe(0);
  }
  const checkCandles = () => {
    const trades = allTrades(tape);
    for (const interval of CANDLE_INTERVALS)
      expect(unwrap(readTapeCandles(tape, BTC, interval, { limit: 1_000_000 }))).toEqual(
        candlesByTheRule(trades, interval),
      );
    return trades;
  };

  it('gives the file system back what it deletes: by size, oldest first', () => {
    const all = noisy(40_000, 100);
    record(tape, [all]);
    // Closing brings what is in the log into the file.
    tape.close();
    tape = unwrap(openTapeDatabase(path));
    const sizeBefore = statSync(path).size;
    const maxBytes = 160_000;
    expect(sizeBefore).toBeGreaterThan(1.5 * maxBytes);
    keep({ ...KEPT_FOR_EVER, maxBytes });
    expect(failures).toEqual([]);
    expect(statSync(path).size).toBeLessThanOrEqual(maxBytes);
    const left = checkCandles();
    expect(left.length).toBeGreaterThan(5_000);
    expect(left).toEqual(all.slice(-left.length));
    expect(unwrap(tape.instruments())).toMatchObject([
      { tradeCount: left.length, firstTime: left[0]?.eventTime },
    ]);
  });

  it('deletes what is too old, with the gaps before what is left', () => {
    record(tape, [
      noisy(5_000, 1_000),
      noisy(9_000, 1_000).slice(5_000),
      noisy(9_001, 1_000).slice(9_000),
    ]);
    const gap = {
      instrumentId: BTC,
      reason: 'test',
      fromTime: START + 8_999_500,
      toTime: START + 8_999_900,
    };
    unwrap(tape.write({ blocks: [], gaps: [gap] }));
    keep({ ...KEPT_FOR_EVER, maxAgeMs: DAY_MS }, START + DAY_MS + 5_000_000);
    expect(checkCandles()).toEqual(noisy(9_001, 1_000).slice(5_000));
    const everything = { fromTime: 0, toTime: Number.MAX_SAFE_INTEGER };
    expect(unwrap(tape.gaps(BTC, everything))).toMatchObject([gap]);
  });

  it('keeps all where nothing says otherwise, and the open block at any rate', () => {
    const all = noisy(9_000, 100);
    record(tape, [all]);
    keep(KEPT_FOR_EVER);
    expect(allTrades(tape)).toEqual(all);
    keep({ maxAgeMs: 1, maxBytes: 1 });
    expect(checkCandles()).toEqual(all.slice(8_192));
  });

  it('leaves candles as the trades that are left make them, whatever is deleted', () => {
    fc.assert(
      fc.property(stretches, fc.array(fc.nat({ max: 5 }), { maxLength: 4 }), (parts, places) => {
        tape.close();
        tape = unwrap(openTapeDatabase(':memory:'));
        record(tape, parts);
        const sealed = unwrap(tape.oldestBlocks(10, Number.MAX_SAFE_INTEGER));
        unwrap(
          deleteBlocks(
            tape,
            BTC,
            sealed.filter((_, index) => places.includes(index)),
          ),
        );
        checkCandles();
      }),
      { numRuns: 60 },
    );
  });

  it('deletes nothing of a step that fails, says why, and tries again', () => {
    record(tape, [noisy(9_000, 100)]);
    let isBroken = true;
    const store: TapeDatabase = {
      ...tape,
      addCandles: (...asked) =>
        isBroken ? fail('unavailable', 'The disk is full.') : tape.addCandles(...asked),
    };
    keep({ ...KEPT_FOR_EVER, maxBytes: 1 }, START, store);
    expect(new Set(failures)).toEqual(new Set(['The disk is full.']));
    expect(checkCandles()).toHaveLength(9_000);
    isBroken = false;
    keep({ ...KEPT_FOR_EVER, maxBytes: 1 }, START, store);
    expect(checkCandles()).toHaveLength(808);
  });

  it('deletes a damaged block too', () => {
    const block = { instrumentId: BTC, sequence: 0, firstTime: 5, lastTime: 9, count: 3 };
    const bytes = Uint8Array.of(1, 2, 3);
    unwrap(
      tape.write({
        blocks: [{ ...block, ...{ firstId: 1, lastId: 3, isSealed: true, bytes } }],
        gaps: [],
      }),
    );
    keep({ ...KEPT_FOR_EVER, maxAgeMs: DAY_MS });
    expect(failures).toEqual([]);
    expect(unwrap(tape.lastBlocks(BTC, 5))).toEqual([]);
  });
});
