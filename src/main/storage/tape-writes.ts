import type { Database } from 'better-sqlite3';
import { invariant } from '#domain/assert.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { candleMerger } from './tape-candles.ts';
import {
  type BlockSummary,
  storedBackfill,
  type TapeBatch,
  type TapeBlock,
  type TapeGap,
} from './tape-rows.ts';

/** One transaction: all of a batch or nothing. */
export function batchWriter(database: Database) {
  const keyOf = instrumentKeys(database);
  const putBlock = blockWriter(database);
  const mergeCandles = candleMerger(database);
  const putGap = gapWriter(database);
  const markGaps = gapMarker(database);
  return database.transaction((batch: TapeBatch) => {
    const { blocks, gaps, summaries = [], backfilled = [] } = batch;
    for (const block of blocks) {
      const isSame = ({ instrumentId, sequence }: BlockSummary) =>
        instrumentId === block.instrumentId && sequence === block.sequence;
      putBlock(keyOf(block.instrumentId), block, summaries.find(isSame)?.summarized ?? 0);
    }
    for (const { instrumentId, levels } of summaries) mergeCandles(keyOf(instrumentId), levels);
    for (const gap of gaps) putGap(keyOf(gap.instrumentId), gap);
    for (const { instrumentId, fromTime, toTime, isComplete } of backfilled) {
      const state = storedBackfill(isComplete ? 'wholly' : 'partly');
      markGaps.run({ instrument: keyOf(instrumentId), fromTime, toTime, state });
    }
  });
}

/** Brings sealed blocks into the stored candles that are not in them yet: each at most once. */
export function summaryWriter(database: Database) {
  const keyOf = instrumentKeys(database);
  const mergeCandles = candleMerger(database);
  const mark = database.prepare<[number, number, number]>(
    `UPDATE block SET summarized = ?
     WHERE instrument = ? AND sequence = ? AND sealed = 1 AND summarized = 0`,
  );
  return database.transaction((summaries: readonly BlockSummary[]) => {
    for (const summary of summaries) {
      const instrument = keyOf(summary.instrumentId);
      const { changes } = mark.run(summary.summarized, instrument, summary.sequence);
      if (changes === 1) mergeCandles(instrument, summary.levels);
    }
  });
}

export function instrumentKeys(database: Database): (instrumentId: InstrumentId) => number {
  const add = database.prepare<[string]>(
    'INSERT INTO instrument (name) VALUES (?) ON CONFLICT (name) DO NOTHING',
  );
  const find = database
    .prepare<[string], number>('SELECT id FROM instrument WHERE name = ?')
    .pluck();
  return (instrumentId) => find.get(instrumentId) ?? Number(add.run(instrumentId).lastInsertRowid);
}

function blockWriter(database: Database) {
  const put = database.prepare(
    `INSERT INTO block (instrument, sequence, first_time, last_time, count, first_id, last_id,
       sealed, bytes, summarized)
     VALUES (@instrument, @sequence, @firstTime, @lastTime, @count, @firstId, @lastId,
       @sealed, @bytes, @summarized)
     ON CONFLICT (instrument, sequence) DO UPDATE SET first_time = @firstTime,
       last_time = @lastTime, count = @count, first_id = @firstId, last_id = @lastId,
       sealed = @sealed, bytes = @bytes, summarized = @summarized WHERE sealed = 0`,
  );
  return (instrument: number, block: TapeBlock, summarized: number): void => {
    const { changes } = put.run({ ...block, instrument, sealed: +block.isSealed, summarized });
    invariant(changes === 1, `block ${block.sequence} is not sealed yet`);
  };
}

function gapWriter(database: Database) {
  const put = database.prepare(
    `INSERT INTO gap (instrument, from_time, to_time, reason)
     VALUES (@instrument, @fromTime, @toTime, @reason) ON CONFLICT DO NOTHING`,
  );
  return (instrument: number, { fromTime, toTime, reason }: TapeGap): void => {
    put.run({ instrument, fromTime, toTime, reason });
  };
}

const gapMarker = (database: Database) =>
  database.prepare(
    `UPDATE gap SET backfilled = @state
     WHERE instrument = @instrument AND from_time >= @fromTime AND to_time <= @toTime
       AND backfilled < @state`,
  );
