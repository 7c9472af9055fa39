import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { succeed } from '#contract/errors.ts';
import { instrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs, Price, Size } from '#domain/units.ts';
import {
  allTrades,
  BTC as RECORDED,
  record,
  stretches,
  unwrap,
} from '#tests/support/invented-tape.ts';
import { openTapeDatabase } from '../storage/tape-database.ts';
import { readTrades } from './reader.ts';
import type { TapeCursorSource } from './tape-store.ts';
import { encodeTradeBlock } from './trade-block-writer.ts';

const BTC = instrumentId('demo', 'BTC/USDT');
const trade = (id: number): Trade => ({
  instrumentId: BTC,
  id: String(id),
  price: 100 as Price,
  size: 1 as Size,
  aggressorSide: 'sell',
  eventTime: (id * 10) as EpochMs,
  receivedTime: (id * 10) as EpochMs,
});
const ALL = Array.from({ length: 95 }, (_, index) => trade(index + 1));

/** Ten trades a block, in memory; counts the blocks that were asked for. */
function openTape() {
  const opened = openTapeDatabase(':memory:');
  if (!opened.ok) throw new Error(opened.error.message);
  const tape = opened.value;
  const blocks = Array.from({ length: 10 }, (_, sequence) => {
    const trades = ALL.slice(sequence * 10, sequence * 10 + 10);
    const times = trades.map((item) => item.eventTime);
    return {
      instrumentId: BTC,
      sequence,
      firstTime: Math.min(...times),
      lastTime: Math.max(...times),
      count: trades.length,
      firstId: null,
      lastId: null,
      isSealed: sequence < 9,
      bytes: encodeTradeBlock(trades),
    };
  });
  expect(tape.write({ blocks, gaps: [] })).toEqual(succeed(undefined));
  let read = 0;
  const source: TapeCursorSource = {
    ...tape,
    nextBlock: (query) => {
      const found = tape.nextBlock(query);
      if (found.ok && found.value) read++;
      return found;
    },
  };
  return { source, blocksRead: () => read, close: tape.close };
}

describe('readTrades', () => {
  it('gives the first or the last trades of any range, oldest first', () => {
    const { source, close } = openTape();
    const time = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(
        time,
        time,
        fc.integer({ min: 1, max: 120 }),
        fc.boolean(),
        (from, to, limit, newest) => {
          const range = { fromTime: from as EpochMs, toTime: to as EpochMs };
          const within = ALL.filter((item) => item.eventTime >= from && item.eventTime < to);
          const expected = newest ? within.slice(-limit) : within.slice(0, limit);
          expect(readTrades(source, BTC, { ...range, limit, newest })).toEqual(succeed(expected));
        },
      ),
    );
    close();
  });

  it('reads no block that it does not need', () => {
    const { source, blocksRead, close } = openTape();
    expect(readTrades(source, BTC, { limit: 15, newest: true })).toEqual(succeed(ALL.slice(-15)));
    expect(blocksRead()).toBe(2);
    close();
  });

  it('looks into blocks that overlap: the last trades by time may lie in an older one', () => {
    fc.assert(
      fc.property(stretches, fc.integer({ min: 1, max: 60 }), (parts, limit) => {
        const tape = unwrap(openTapeDatabase(':memory:'));
        record(tape, parts);
        const all = allTrades(tape);
        const read = (newest: boolean) => unwrap(readTrades(tape, RECORDED, { limit, newest }));
        expect(read(true)).toEqual(all.slice(-limit));
        expect(read(false)).toEqual(all.slice(0, limit));
        tape.close();
      }),
      { numRuns: 60 },
    );
  }, 30_000);

  it('knows nothing of an instrument that is not on the tape', () => {
    const { source, close } = openTape();
    expect(readTrades(source, instrumentId('demo', 'X'), { limit: 5 })).toEqual(succeed([]));
    close();
  });
});
