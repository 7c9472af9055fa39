import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INTERVAL_MS } from '#domain/candle.ts';
import { FakeClock } from '#tests/fakes/fake-clock.ts';
import {
  allTrades,
  BTC,
  candlesByTheRule,
  START,
  tradeOf,
  unwrap,
} from '#tests/support/invented-tape.ts';
import { openTapeDatabase, type TapeDatabase } from '../storage/tape-database.ts';
import { fillCandles } from './candle-backlog.ts';
import { readTapeCandles } from './candles.ts';
import { encodeTradeBlock } from './trade-block-writer.ts';

const BLOCKS = 40;
const EVERYTHING = { fromTime: 0, toTime: Number.MAX_SAFE_INTEGER };

/** Blocks as they were sealed before there were stored candles. */
function writeOldTape(tape: TapeDatabase): void {
  const blocks = Array.from({ length: BLOCKS }, (_, sequence) => {
    const trades = Array.from({ length: 20 }, (_, index) =>
      tradeOf(
        {
          atMs: sequence * 100_000 + index * 1_000,
          cents: 100 + index,
          units: index,
          isSell: false,
        },
        sequence * 20 + index,
      ),
    );
    const firstTime = START + sequence * 100_000;
    return {
      ...{ instrumentId: BTC, sequence, count: 20, firstId: null, lastId: null, isSealed: true },
      ...{ firstTime, lastTime: firstTime + 19_000, bytes: encodeTradeBlock(trades) },
    };
  });
  const damaged = { ...blocks[0], sequence: BLOCKS, bytes: Uint8Array.of(1) };
  unwrap(tape.write({ blocks: [...blocks, damaged as (typeof blocks)[number]], gaps: [] }));
}

describe('fillCandles', () => {
  let tape: TapeDatabase;
  let clock: FakeClock;
  beforeEach(() => {
    tape = unwrap(openTapeDatabase(':memory:'));
    clock = new FakeClock();
  });
  afterEach(() => tape.close());
  const stored = () => unwrap(tape.candles(BTC, INTERVAL_MS['1h'], EVERYTHING));

  it('brings old blocks into the candles in steps, past one that is damaged', () => {
    writeOldTape(tape);
    const stop = fillCandles(tape, { clock, onFailure: (reason) => expect.unreachable(reason) });
    clock.advance(60);
    const partly = stored().reduce((total, { tradeCount }) => total + tradeCount, 0);
    expect(partly).toBeGreaterThan(0);
    expect(partly).toBeLessThan(BLOCKS * 20);
    clock.advance(10_000);
    expect(stored().reduce((total, { tradeCount }) => total + tradeCount, 0)).toBe(BLOCKS * 20);
    expect(clock.pendingTimers).toBe(0);
    stop();
    expect(unwrap(tape.unsummarized(9, 0))).toHaveLength(1);
  });

  it('shows the same candles before and after', () => {
    writeOldTape(tape);
    unwrap(tape.deleteBlocks(BTC, [BLOCKS]));
    const before = unwrap(readTapeCandles(tape, BTC, '1m', { limit: 1_000 }));
    expect(before).toEqual(candlesByTheRule(allTrades(tape), '1m'));
    const stop = fillCandles(tape, { clock, onFailure: (reason) => expect.unreachable(reason) });
    clock.advance(10_000);
    stop();
    expect(unwrap(readTapeCandles(tape, BTC, '1m', { limit: 1_000 }))).toEqual(before);
  });

  it('keeps no timer when it is stopped', () => {
    writeOldTape(tape);
    const stop = fillCandles(tape, { clock, onFailure: () => 0 });
    stop();
    expect(clock.pendingTimers).toBe(0);
    expect(stored()).toEqual([]);
  });
});
