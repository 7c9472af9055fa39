import type { Database } from 'better-sqlite3';
import type { InstrumentId } from '#domain/instrument.ts';
import { candleMerger } from './tape-candles.ts';
import type { CandleLevel, OldBlock, TapeRange } from './tape-rows.ts';

const INSTRUMENT = '(SELECT id FROM instrument WHERE name = ?)';

/** What makes a tape shorter. Each statement is short; who needs several puts them in one transaction. */
export function tapeDeletion(database: Database) {
  const deleteCandle = database.prepare<[string, number, number]>(
    `DELETE FROM candle WHERE instrument = ${INSTRUMENT} AND interval = ? AND open_time = ?`,
  );
  const key = database
    .prepare<[string], number>('SELECT id FROM instrument WHERE name = ?')
    .pluck();
  const mergeCandles = candleMerger(database);
  return {
    ...blockDeletion(database),
    deleteCandles: (instrumentId: InstrumentId, intervalMs: number, times: readonly number[]) => {
      for (const openTime of times) deleteCandle.run(instrumentId, intervalMs, openTime);
    },
    addCandles: (instrumentId: InstrumentId, level: CandleLevel) => {
      const instrument = key.get(instrumentId);
      if (instrument !== undefined) mergeCandles(instrument, [level]);
    },
    ...spaceKeeper(database),
  };
}

function blockDeletion(database: Database) {
  const instruments = database.prepare<[], number>('SELECT id FROM instrument').pluck();
  const oldest = database.prepare<[number, number, number, number], OldBlock>(
    `SELECT name AS instrumentId, sequence, first_time AS firstTime, last_time AS lastTime,
       summarized
     FROM block JOIN instrument ON instrument.id = block.instrument
     WHERE instrument.id = ? AND first_time < ? AND last_time < ? AND sealed = 1
     ORDER BY first_time LIMIT ?`,
  );
  const summarizedWithin = database
    .prepare<[string, number, number, string, number, number], number>(
      `SELECT sequence FROM block
       WHERE instrument = ${INSTRUMENT} AND first_time < ?
         AND first_time >= ? - coalesce((SELECT last_time - first_time FROM block
           WHERE instrument = ${INSTRUMENT} ORDER BY last_time - first_time DESC LIMIT 1), 0)
         AND last_time >= ? AND summarized = ?`,
    )
    .pluck();
  const deleteBlock = database.prepare<[string, number]>(
    `DELETE FROM block WHERE instrument = ${INSTRUMENT} AND sequence = ? AND sealed = 1`,
  );
  const deleteGaps = database.prepare<[string, string]>(
    `DELETE FROM gap WHERE instrument = ${INSTRUMENT} AND to_time <= coalesce(
       (SELECT min(first_time) FROM block WHERE instrument = ${INSTRUMENT}), 0)`,
  );
  return {
    oldestBlocks: (limit: number, endedBefore: number): OldBlock[] =>
      instruments
        .all()
        .map((instrument) => oldest.all(instrument, endedBefore, endedBefore, limit))
        .reduce((best, blocks) => (startOf(blocks) < startOf(best) ? blocks : best), []),
    summarizedBlocks: (instrumentId: InstrumentId, summarized: 1 | 2, range: TapeRange) => {
      const { fromTime, toTime } = range;
      return summarizedWithin.all(
        ...([instrumentId, toTime, fromTime, instrumentId, fromTime, summarized] as const),
      );
    },
    deleteBlocks: (instrumentId: InstrumentId, sequences: readonly number[]) => {
      for (const sequence of sequences) deleteBlock.run(instrumentId, sequence);
      deleteGaps.run(instrumentId, instrumentId);
    },
  };
}

const startOf = ([oldest]: readonly OldBlock[]): number =>
  oldest?.firstTime ?? Number.POSITIVE_INFINITY;

/** The file's pages: what is used, and what can be cut off. */
function spaceKeeper(database: Database) {
  const number = (name: string): number => Number(database.pragma(name, { simple: true }));
  const pageBytes = number('page_size');
  return {
    usedBytes: () => (number('page_count') - number('freelist_count')) * pageBytes,
    giveBack: (bytes: number): number => {
      const free = number('freelist_count');
      // A file made before this was thought of keeps its free pages, and fills them again.
      if (free === 0 || number('auto_vacuum') === 0) return 0;
      const pages = Math.max(1, Math.floor(bytes / pageBytes));
      database.exec(`PRAGMA incremental_vacuum(${pages})`);
      const left = number('freelist_count');
      // Only a checkpoint makes the file itself shorter.
      if (left === 0) database.pragma('wal_checkpoint(PASSIVE)');
      return left * pageBytes;
    },
  };
}
