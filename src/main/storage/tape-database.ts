import type { Database } from 'better-sqlite3';
import { type Result, succeed } from '#contract/errors.ts';
import { invariant } from '#domain/assert.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { openDatabase } from './database.ts';
import { sqliteFailure } from './sqlite-failure.ts';
import { TAPE_APPLICATION_ID, TAPE_MIGRATIONS } from './tape-schema.ts';

/** A run of trades of one instrument, encoded; to this room its bytes are opaque. */
interface TapeBlock {
  readonly instrumentId: InstrumentId;
  /** Order of recording within the instrument. */
  readonly sequence: number;
  /** Earliest and latest event time in it. */
  readonly firstTime: number;
  readonly lastTime: number;
  readonly count: number;
  /** Smallest and largest numeric trade id in it; null where ids are not numbers. */
  readonly firstId: number | null;
  readonly lastId: number | null;
  /** A sealed block never changes again; at most the last one of an instrument is not. */
  readonly isSealed: boolean;
  readonly bytes: Uint8Array;
}

interface TapeGap {
  readonly instrumentId: InstrumentId;
  readonly fromTime: number;
  readonly toTime: number;
  readonly reason: string;
}

interface TapeInstrument {
  readonly instrumentId: InstrumentId;
  readonly tradeCount: number;
  readonly firstTime: number;
  readonly lastTime: number;
}

/** Half-open: `fromTime` belongs to it, `toTime` does not. */
interface TapeRange {
  readonly fromTime: number;
  readonly toTime: number;
}

interface BlockQuery extends TapeRange {
  readonly instrumentId: InstrumentId;
  /** Latest first. */
  readonly newest: boolean;
  /** The block seen last, null to start. */
  readonly after: { readonly firstTime: number; readonly sequence: number } | null;
}

/** Every call is a short one: none leaves a reader open, which would let the log grow. */
export interface TapeDatabase {
  /** All or nothing. A block replaces the one of the same sequence; a gap already there is kept. */
  write(batch: {
    readonly blocks: readonly TapeBlock[];
    readonly gaps: readonly TapeGap[];
  }): Result<void>;
  /** The next block that overlaps the range, by first time and then sequence; null at the end. */
  nextBlock(query: BlockQuery): Result<TapeBlock | null>;
  /** Of the highest sequence, in order of sequence. */
  lastBlocks(instrumentId: InstrumentId, limit: number): Result<TapeBlock[]>;
  /** Trade ids of the blocks before `sequence`, by first id. */
  idRanges(
    instrumentId: InstrumentId,
    beforeSequence: number,
  ): Result<{ first: number; last: number }[]>;
  instruments(): Result<TapeInstrument[]>;
  tradeCount(instrumentId: InstrumentId): Result<number>;
  gaps(instrumentId: InstrumentId, range: TapeRange): Result<TapeGap[]>;
  sizeBytes(): Result<number>;
  close(): void;
}

export function openTapeDatabase(path: string): Result<TapeDatabase> {
  const opened = openDatabase({
    path,
    applicationId: TAPE_APPLICATION_ID,
    migrations: TAPE_MIGRATIONS,
    synchronous: 'NORMAL',
    pageBytes: 1024,
    check: 'header',
  });
  return opened.ok ? succeed(tapeOf(opened.value, path)) : opened;
}

function tapeOf(database: Database, path: string): TapeDatabase {
  const guard = <T>(work: () => T): Result<T> => {
    try {
      return succeed(work());
    } catch (error) {
      return sqliteFailure(error, path);
    }
  };
  const write = batchWriter(database);
  const blocks = blockReader(database);
  const inventory = inventoryReader(database);
  return {
    write: (batch) => guard(() => write.immediate(batch)),
    nextBlock: (query) => guard(() => blocks.next(query)),
    lastBlocks: (instrumentId, limit) => guard(() => blocks.last(instrumentId, limit)),
    idRanges: (instrumentId, before) => guard(() => blocks.idRanges(instrumentId, before)),
    instruments: () => guard(inventory.instruments),
    tradeCount: (instrumentId) => guard(() => inventory.tradeCount(instrumentId)),
    gaps: (instrumentId, range) => guard(() => inventory.gaps(instrumentId, range)),
    sizeBytes: () => guard(inventory.sizeBytes),
    close: () => database.close(),
  };
}

function batchWriter(database: Database) {
  const addInstrument = database.prepare<[string]>(
    'INSERT INTO instrument (name) VALUES (?) ON CONFLICT (name) DO NOTHING',
  );
  const findInstrument = database
    .prepare<[string], number>('SELECT id FROM instrument WHERE name = ?')
    .pluck();
  const putBlock = database.prepare(
    `INSERT INTO block (instrument, sequence, first_time, last_time, count, first_id, last_id,
       sealed, bytes)
     VALUES (@instrument, @sequence, @firstTime, @lastTime, @count, @firstId, @lastId,
       @sealed, @bytes)
     ON CONFLICT (instrument, sequence) DO UPDATE SET first_time = @firstTime,
       last_time = @lastTime, count = @count, first_id = @firstId, last_id = @lastId,
       sealed = @sealed, bytes = @bytes WHERE sealed = 0`,
  );
  const putGap = database.prepare(
    `INSERT INTO gap (instrument, from_time, to_time, reason)
     VALUES (@instrument, @fromTime, @toTime, @reason) ON CONFLICT DO NOTHING`,
  );
  const keyOf = (instrumentId: InstrumentId): number => {
    const known = findInstrument.get(instrumentId);
    if (known !== undefined) return known;
    return Number(addInstrument.run(instrumentId).lastInsertRowid);
  };
  return database.transaction(
    (batch: { readonly blocks: readonly TapeBlock[]; readonly gaps: readonly TapeGap[] }) => {
      for (const block of batch.blocks) {
        const row = { ...block, instrument: keyOf(block.instrumentId), sealed: +block.isSealed };
        const { changes } = putBlock.run(row);
        invariant(changes === 1, `block ${block.sequence} is not sealed yet`);
      }
      for (const gap of batch.gaps) putGap.run({ ...gap, instrument: keyOf(gap.instrumentId) });
    },
  );
}

type BlockRow = Omit<TapeBlock, 'isSealed'> & { readonly sealed: number };

const toBlock = ({ sealed, ...row }: BlockRow): TapeBlock => ({ ...row, isSealed: sealed === 1 });

const BLOCK_COLUMNS = `name AS instrumentId, sequence, first_time AS firstTime,
  last_time AS lastTime, count, first_id AS firstId, last_id AS lastId, sealed, bytes`;
const BLOCKS = 'FROM block JOIN instrument ON instrument.id = block.instrument';

function blockReader(database: Database) {
  const next = (comparison: '<' | '>', order: 'ASC' | 'DESC') =>
    database.prepare<unknown[], BlockRow>(
      `SELECT ${BLOCK_COLUMNS} ${BLOCKS}
       WHERE name = ? AND first_time < ? AND last_time >= ?
         AND (first_time, sequence) ${comparison} (?, ?)
       ORDER BY first_time ${order}, sequence ${order} LIMIT 1`,
    );
  const oldestFirst = next('>', 'ASC');
  const newestFirst = next('<', 'DESC');
  const last = database.prepare<[string, number], BlockRow>(
    `SELECT ${BLOCK_COLUMNS} ${BLOCKS} WHERE name = ? ORDER BY sequence DESC LIMIT ?`,
  );
  const idRanges = database.prepare<[string, number], { first: number; last: number }>(
    `SELECT first_id AS first, last_id AS last ${BLOCKS}
     WHERE name = ? AND sequence < ? AND first_id IS NOT NULL ORDER BY first_id`,
  );
  return {
    next: (query: BlockQuery): TapeBlock | null => {
      const edge = query.newest ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
      const { firstTime, sequence } = query.after ?? { firstTime: edge, sequence: edge };
      const row = (query.newest ? newestFirst : oldestFirst).get(
        query.instrumentId,
        query.toTime,
        query.fromTime,
        firstTime,
        sequence,
      );
      return row ? toBlock(row) : null;
    },
    last: (instrumentId: InstrumentId, limit: number): TapeBlock[] =>
      last.all(instrumentId, limit).map(toBlock).reverse(),
    idRanges: (instrumentId: InstrumentId, beforeSequence: number) =>
      idRanges.all(instrumentId, beforeSequence),
  };
}

function inventoryReader(database: Database) {
  const instruments = database.prepare<[], TapeInstrument>(
    `SELECT name AS instrumentId, sum(count) AS tradeCount, min(first_time) AS firstTime,
       max(last_time) AS lastTime ${BLOCKS} GROUP BY name ORDER BY name`,
  );
  const tradeCount = database
    .prepare<[string], number>(`SELECT coalesce(sum(count), 0) ${BLOCKS} WHERE name = ?`)
    .pluck();
  const gaps = database.prepare<[string, number, number], TapeGap>(
    `SELECT name AS instrumentId, from_time AS fromTime, to_time AS toTime, reason
     FROM gap JOIN instrument ON instrument.id = gap.instrument
     WHERE name = ? AND from_time < ? AND to_time >= ? ORDER BY from_time, to_time, reason`,
  );
  const sizeBytes = database
    .prepare<[], number>('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size')
    .pluck();
  return {
    instruments: () => instruments.all(),
    tradeCount: (instrumentId: InstrumentId) => tradeCount.get(instrumentId) ?? 0,
    gaps: (instrumentId: InstrumentId, range: TapeRange) =>
      gaps.all(instrumentId, range.toTime, range.fromTime),
    sizeBytes: () => sizeBytes.get() ?? 0,
  };
}
