import Database from 'better-sqlite3';
import { type Result, succeed } from '#contract/errors.ts';
import { invariant } from '#domain/assert.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { BusyPatience } from './busy-patience.ts';
import { openDatabase } from './database.ts';
import { backupDatabase } from './database-backup.ts';
import { sqliteFailure } from './sqlite-failure.ts';
import { blockReader } from './tape-blocks.ts';
import { candleReader } from './tape-candles.ts';
import { tapeDeletion } from './tape-deletion.ts';
import {
  type CandleSeriesKey,
  type ImportedCandles,
  importedCandleTable,
  type StoredCandleBlock,
} from './tape-imported-candles.ts';
import { inventoryReader, type TapeInstrument } from './tape-inventory.ts';
import type {
  BlockQuery,
  BlockSummary,
  CandleLevel,
  CandleRow,
  LooseQuery,
  OldBlock,
  RecordedGap,
  TapeBatch,
  TapeBlock,
  TapeRange,
} from './tape-rows.ts';
import { TAPE_APPLICATION_ID, TAPE_MIGRATIONS } from './tape-schema.ts';
import { batchWriter, summaryWriter } from './tape-writes.ts';

/** Every call is a short one: none leaves a reader open, which would let the log grow. */
export interface TapeDatabase {
  /** All or nothing. A block replaces the one of the same sequence; a gap already there is kept. */
  write(batch: TapeBatch): Result<void>;
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
  /** Those that overlap the range, by time. */
  gaps(instrumentId: InstrumentId, range: TapeRange): Result<RecordedGap[]>;
  /** Stored ones of the very interval that open within the range, oldest first. */
  candles(
    instrumentId: InstrumentId,
    intervalMs: number,
    range: TapeRange,
  ): Result<readonly CandleRow[]>;
  /** Open time of the newest that opened before; null where none did. */
  newestCandle(
    instrumentId: InstrumentId,
    intervalMs: number,
    before: number,
  ): Result<number | null>;
  /** Sequences of the blocks that overlap the range and are not in the candles of some level. */
  looseBlocks(query: LooseQuery): Result<number[]>;
  /** Last event time of one that begins before `toTime`; null where none does. */
  newestLoose(query: Omit<LooseQuery, 'fromTime'>): Result<number | null>;
  /** Null where there is none of that sequence. */
  blockBytes(instrumentId: InstrumentId, sequence: number): Result<Uint8Array | null>;
  /** Event time of the newest trade; null where there is none. */
  lastTime(instrumentId: InstrumentId): Result<number | null>;
  /** Brings sealed blocks into the stored candles that are not in them yet. */
  summarize(summaries: readonly BlockSummary[]): Result<void>;
  /** Some sealed blocks that are in no stored candle, in the same order each time. */
  unsummarized(limit: number, skip: number): Result<TapeBlock[]>;
  /** Sealed ones that ended before, of the instrument whose oldest is the oldest of all. */
  oldestBlocks(limit: number, endedBefore: number): Result<OldBlock[]>;
  /** Sequences of the blocks that overlap the range and are summarized just so. */
  summarizedBlocks(
    instrumentId: InstrumentId,
    summarized: 1 | 2,
    range: TapeRange,
  ): Result<number[]>;
  /** Deletes sealed blocks of one instrument, and the gaps that lie before what is left. */
  deleteBlocks(instrumentId: InstrumentId, sequences: readonly number[]): Result<void>;
  deleteCandles(
    instrumentId: InstrumentId,
    intervalMs: number,
    openTimes: readonly number[],
  ): Result<void>;
  addCandles(instrumentId: InstrumentId, level: CandleLevel): Result<void>;
  /** All that `work` does, or nothing; no other process writes meanwhile. */
  exclusively<T>(work: () => Result<T>): Result<T>;
  /** Bytes that hold something; the file may be larger by what was deleted. */
  usedBytes(): Result<number>;
  /** Cuts up to `bytes` of what was deleted off the file; answers how many are left to cut. */
  giveBack(bytes: number): Result<number>;
  /** Candles that files have brought; in no way those of our own trades. */
  importedCandles(): Result<ImportedCandles[]>;
  /** All or nothing. A block replaces the one of the same stretch. */
  writeImportedCandles(key: CandleSeriesKey, blocks: readonly StoredCandleBlock[]): Result<void>;
  /** Null where there is none of that stretch. */
  importedCandleBlock(key: CandleSeriesKey, fromTime: number): Result<Uint8Array | null>;
  /** The next block whose stretch starts after `fromTime`; null at the end. */
  nextImportedCandles(
    key: CandleSeriesKey,
    fromTime: number,
  ): Result<{ readonly fromTime: number; readonly bytes: Uint8Array } | null>;
  /**
   * A copy of the tape as it is when the copying ends; recording over this connection goes on
   * meanwhile, writing over another one makes it begin anew. `copyTo` must not exist.
   */
  backup(copyTo: string, onProgress?: (share: number) => void): Promise<Result<void>>;
  /** Of the file without its log. */
  sizeBytes(): Result<number>;
  close(): void;
}

const MEBIBYTE = 1024 * 1024;
/** Up to this size it takes a moment to write a file anew. */
const MOST_BYTES_TO_REWRITE = 64 * MEBIBYTE;

export function openTapeDatabase(path: string): Result<TapeDatabase> {
  const opened = openDatabase({
    path,
    applicationId: TAPE_APPLICATION_ID,
    migrations: TAPE_MIGRATIONS,
    synchronous: 'NORMAL',
    pageBytes: 1024,
    cacheBytes: 16 * MEBIBYTE,
    checkpointBytes: 32 * MEBIBYTE,
    shrinks: true,
    check: 'header',
  });
  if (!opened.ok) return opened;
  // Where that fails (another process reads, the disk is full) it is a tape all the same.
  guarded(path, () => makeShrinkable(opened.value));
  return succeed(tapeOf(opened.value, path));
}

/** For those who read beside a recorder, and must not be able to write. */
export function openTapeForReading(path: string): Result<TapeDatabase> {
  const current = openTapeDatabase(path);
  // It is of this version now: a connection that only reads could not bring it there.
  if (!current.ok) return current;
  current.value.close();
  return guarded(path, () => tapeOf(new Database(path, { readonly: true }), path));
}

/** A file from before tapes could shrink. A large one keeps what was deleted for what comes next. */
function makeShrinkable(database: Database.Database): void {
  const number = (name: string): number => Number(database.pragma(name, { simple: true }));
  if (number('auto_vacuum') !== 0) return;
  if (number('page_count') * number('page_size') > MOST_BYTES_TO_REWRITE) return;
  database.pragma('auto_vacuum = INCREMENTAL');
  database.exec('VACUUM');
}

function guarded<T>(path: string, work: () => T): Result<T> {
  try {
    return succeed(work());
  } catch (error) {
    return sqliteFailure(error, path);
  }
}

function tapeOf(database: Database.Database, path: string): TapeDatabase {
  const guard = <T>(work: () => T): Result<T> => guarded(path, work);
  const patience = new BusyPatience(database);
  const write = batchWriter(database);
  const blocks = blockReader(database);
  const candles = candleReader(database);
  const inventory = inventoryReader(database);
  const summarize = summaryWriter(database);
  const deletion = tapeDeletion(database);
  const imported = importedCandleTable(database);
  return {
    write: (batch) => guard(() => patience.watch(() => write.immediate(batch))),
    nextBlock: (query) => guard(() => blocks.next(query)),
    lastBlocks: (instrumentId, limit) => guard(() => blocks.last(instrumentId, limit)),
    idRanges: (instrumentId, before) => guard(() => blocks.idRanges(instrumentId, before)),
    instruments: () => guard(inventory.instruments),
    tradeCount: (instrumentId) => guard(() => inventory.tradeCount(instrumentId)),
    gaps: (instrumentId, range) => guard(() => inventory.gaps(instrumentId, range)),
    candles: (instrumentId, intervalMs, range) =>
      guard(() => candles.candles(instrumentId, intervalMs, range)),
    newestCandle: (instrumentId, intervalMs, before) =>
      guard(() => candles.newestCandle(instrumentId, intervalMs, before)),
    looseBlocks: (query) => guard(() => candles.looseBlocks(query)),
    newestLoose: (query) => guard(() => candles.newestLoose(query)),
    blockBytes: (instrumentId, sequence) => guard(() => candles.blockBytes(instrumentId, sequence)),
    lastTime: (instrumentId) => guard(() => inventory.lastTime(instrumentId)),
    summarize: (summaries) => guard(() => summarize.immediate(summaries)),
    unsummarized: (limit, skip) => guard(() => blocks.unsummarized(limit, skip)),
    oldestBlocks: (limit, endedBefore) => guard(() => deletion.oldestBlocks(limit, endedBefore)),
    summarizedBlocks: (instrumentId, summarized, range) =>
      guard(() => deletion.summarizedBlocks(instrumentId, summarized, range)),
    deleteBlocks: (instrumentId, sequences) =>
      guard(() => deletion.deleteBlocks(instrumentId, sequences)),
    deleteCandles: (instrumentId, intervalMs, openTimes) =>
      guard(() => deletion.deleteCandles(instrumentId, intervalMs, openTimes)),
    addCandles: (instrumentId, level) => guard(() => deletion.addCandles(instrumentId, level)),
    exclusively: (work) => exclusively(database, path, work),
    usedBytes: () => guard(deletion.usedBytes),
    giveBack: (bytes) => guard(() => deletion.giveBack(bytes)),
    importedCandles: () => guard(imported.list),
    writeImportedCandles: (key, blocks) => guard(() => imported.write(key, blocks)),
    importedCandleBlock: (key, fromTime) => guard(() => imported.block(key, fromTime)),
    nextImportedCandles: (key, fromTime) => guard(() => imported.next(key, fromTime)),
    backup: (copyTo, onProgress) => backupDatabase(database, copyTo, onProgress),
    sizeBytes: () => guard(inventory.sizeBytes),
    close: () => database.close(),
  };
}

function exclusively<T>(
  database: Database.Database,
  path: string,
  work: () => Result<T>,
): Result<T> {
  let result: Result<T> | undefined;
  try {
    const run = database.transaction(() => {
      result = work();
      // The way to have it rolled back.
      if (!result.ok) throw new Error(result.error.message);
    });
    run.immediate();
  } catch (error) {
    if (result === undefined || result.ok) return sqliteFailure(error, path);
  }
  invariant(result, 'the work was done');
  return result;
}
