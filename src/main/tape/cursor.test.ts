import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '#contract/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import { openTapeDatabase, type TapeDatabase } from '../storage/tape-database.ts';
import { openTapeCursor, type TapeCursor } from './cursor.ts';
import type { StoredBlock, TapeRange } from './tape-store.ts';
import { encodeTradeBlock } from './trade-block-writer.ts';

const BTC = instrumentId('demo', 'BTC/USDT');
const EVERYTHING = { fromTime: 0, toTime: Number.MAX_SAFE_INTEGER };

const tradeAt = (time: number, id: string): Trade => ({
  instrumentId: BTC,
  id,
  price: 100 as Price,
  size: 1 as Size,
  aggressorSide: 'sell',
  eventTime: time as EpochMs,
  receivedTime: time as EpochMs,
});

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** A block of trades at these times; ids name the order of recording. */
function blockOf(sequence: number, times: readonly number[], isSealed = true): StoredBlock {
  const trades = times.map((time, index) => tradeAt(time, `${sequence}.${index}`));
  return {
    ...{ instrumentId: BTC, sequence, isSealed, count: trades.length },
    ...{ firstTime: Math.min(...times), lastTime: Math.max(...times), firstId: null, lastId: null },
    bytes: encodeTradeBlock(trades),
  };
}

function drain(cursor: TapeCursor): Trade[] {
  const all: Trade[] = [];
  for (let part = unwrap(cursor.next()); part !== null; part = unwrap(cursor.next())) {
    expect(part.length).toBeGreaterThan(0);
    all.push(...part);
  }
  expect(unwrap(cursor.next())).toBeNull();
  return all;
}

describe('openTapeCursor', () => {
  let tape: TapeDatabase;
  beforeEach(() => {
    tape = unwrap(openTapeDatabase(':memory:'));
  });
  afterEach(() => tape.close());

  const write = (...blocks: StoredBlock[]) => unwrap(tape.write({ blocks, gaps: [] }));
  const idsIn = (range: TapeRange = EVERYTHING) =>
    drain(openTapeCursor(tape, BTC, range)).map(({ id }) => id);

  it('[T4] merges blocks that overlap by time, ties in the order of recording', () => {
    write(
      blockOf(0, [10, 20, 20, 50]),
      blockOf(1, [20, 30, 60]),
      blockOf(2, [5, 20, 70]),
      blockOf(3, [65, 66], false),
    );
    expect(idsIn()).toEqual([
      '2.0',
      '0.0',
      '0.1',
      '0.2',
      '1.0',
      '2.1',
      '1.1',
      '0.3',
      '1.2',
      '3.0',
      '3.1',
      '2.2',
    ]);
  });

  it('[T4] gives any range of any tape in order of time, then of recording', () => {
    const time = fc.integer({ min: 0, max: 60 });
    const block = fc.array(time, { minLength: 1, maxLength: 12 });
    const blocks = fc.array(block, { maxLength: 8 });
    fc.assert(
      fc.property(blocks, fc.boolean(), time, time, (lists, isTailOpen, fromTime, toTime) => {
        const fresh = unwrap(openTapeDatabase(':memory:'));
        const isSealed = (sequence: number) => !isTailOpen || sequence < lists.length - 1;
        const stored = lists.map((times, sequence) => blockOf(sequence, times, isSealed(sequence)));
        unwrap(fresh.write({ blocks: stored, gaps: [] }));
        const expected = lists
          .flatMap((times, sequence) =>
            times.map((at, index) => ({ at, id: `${sequence}.${index}` })),
          )
          .filter(({ at }) => at >= fromTime && at < toTime)
          .sort((a, b) => a.at - b.at);
        const read = drain(openTapeCursor(fresh, BTC, { fromTime, toTime }));
        fresh.close();
        expect(read.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
      }),
      { numRuns: 200 },
    );
  }, 30_000);

  it('shows the tape as it was when it was opened, while it is written', () => {
    write(blockOf(0, [10, 20]), blockOf(1, [30, 40], false));
    const cursor = openTapeCursor(tape, BTC, EVERYTHING);
    write(blockOf(1, [30, 40, 50]), blockOf(2, [25, 60]));
    expect(drain(cursor).map(({ id }) => id)).toEqual(['0.0', '0.1', '1.0', '1.1']);
    expect(idsIn()).toEqual(['0.0', '0.1', '2.0', '1.0', '1.1', '1.2', '2.1']);
  });

  it('reads no block before it is needed, and none outside of the range', () => {
    write(
      ...Array.from({ length: 20 }, (_, block) => blockOf(block, [block * 10, block * 10 + 5])),
    );
    let read = 0;
    const counted = {
      ...tape,
      nextBlock: (query: Parameters<TapeDatabase['nextBlock']>[0]) => {
        const found = tape.nextBlock(query);
        if (found.ok && found.value) read++;
        return found;
      },
    };
    const cursor = openTapeCursor(counted, BTC, { fromTime: 105, toTime: 150 });
    expect(read).toBe(0);
    expect(unwrap(cursor.next())?.map(({ id }) => id)).toEqual(['10.1']);
    expect(read).toBe(2);
    drain(cursor);
    expect(read).toBe(5);
  });

  it('tells the gaps of its range', () => {
    const gap = { instrumentId: BTC, fromTime: 20, toTime: 30, reason: 'disconnected' };
    unwrap(tape.write({ blocks: [blockOf(0, [10])], gaps: [gap] }));
    expect(unwrap(openTapeCursor(tape, BTC, EVERYTHING).gaps())).toEqual([
      { ...gap, backfilled: 'no' },
    ]);
    expect(unwrap(openTapeCursor(tape, BTC, { fromTime: 0, toTime: 20 }).gaps())).toEqual([]);
  });

  it('fails at a damaged block: a hole must not look like a quiet market', () => {
    write(blockOf(0, [10]), { ...blockOf(1, [20]), bytes: Uint8Array.of(1, 2, 3) });
    const cursor = openTapeCursor(tape, BTC, EVERYTHING);
    expect(unwrap(cursor.next())).toHaveLength(1);
    expect(cursor.next()).toMatchObject({ ok: false, error: { code: 'invalid_payload' } });
    expect(cursor.next().ok).toBe(false);
  });
});
