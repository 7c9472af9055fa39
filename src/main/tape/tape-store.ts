import type { Result } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { TapeCandle } from './tape-candle.ts';

/** One trade block of an instrument with what is known of it without decoding. */
export interface StoredBlock {
  readonly instrumentId: InstrumentId;
  /** Order of recording within the instrument. */
  readonly sequence: number;
  /** Earliest and latest event time in it, epoch milliseconds. */
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

/** Nothing is known of this stretch. */
export interface TapeGap {
  readonly instrumentId: InstrumentId;
  readonly fromTime: number;
  readonly toTime: number;
  readonly reason: string;
}

/** `partly`: some trades of the stretch came afterwards; `wholly`: all of them. */
type BackfillState = 'no' | 'partly' | 'wholly';

export interface RecordedGap extends TapeGap {
  readonly backfilled: BackfillState;
}

/** Trades of this stretch came afterwards: the gaps within it are marked. */
export interface BackfilledStretch {
  readonly instrumentId: InstrumentId;
  readonly fromTime: number;
  readonly toTime: number;
  readonly isComplete: boolean;
}

/** What a sealed block adds to the stored candles. */
export interface BlockSummary {
  readonly instrumentId: InstrumentId;
  readonly sequence: number;
  /** 1: candles of hours and days hold its trades; 2: those of minutes too. */
  readonly summarized: 1 | 2;
  readonly levels: readonly {
    readonly intervalMs: number;
    readonly candles: readonly TapeCandle[];
  }[];
}

interface TapeBatch {
  readonly blocks: readonly StoredBlock[];
  readonly gaps: readonly TapeGap[];
  readonly summaries?: readonly BlockSummary[];
  readonly backfilled?: readonly BackfilledStretch[];
}

/** Half-open: `fromTime` belongs to it, `toTime` does not. */
export interface TapeRange {
  readonly fromTime: number;
  readonly toTime: number;
}

/** What the recorder needs of the place where the tape is kept. */
export interface TapeStore {
  /** All or nothing. A block replaces the one of the same sequence; a gap already there is kept. */
  write(batch: TapeBatch): Result<void>;
  /** Of the highest sequence, in order of sequence. */
  lastBlocks(instrumentId: InstrumentId, limit: number): Result<readonly StoredBlock[]>;
  /** Trade ids of the blocks before `sequence`, by first id. */
  idRanges(
    instrumentId: InstrumentId,
    beforeSequence: number,
  ): Result<readonly { readonly first: number; readonly last: number }[]>;
}

/** What the reader needs. */
export interface TapeBlockSource {
  /** The next block that overlaps the range, by first time and then sequence; null at the end. */
  nextBlock(
    query: TapeRange & {
      readonly instrumentId: InstrumentId;
      /** Latest first. */
      readonly newest: boolean;
      /** The block seen last, null to start. */
      readonly after: { readonly firstTime: number; readonly sequence: number } | null;
      /** Of the blocks up to this one only. */
      readonly throughSequence?: number;
    },
  ): Result<StoredBlock | null>;
}

/** What a cursor needs. */
export interface TapeCursorSource extends TapeBlockSource {
  lastBlocks: TapeStore['lastBlocks'];
  /** Those that overlap the range, by time. */
  gaps(instrumentId: InstrumentId, range: TapeRange): Result<readonly RecordedGap[]>;
}

interface LooseQuery extends TapeRange {
  readonly instrumentId: InstrumentId;
  /** Of the blocks that are summarized less than that; 3 for all. */
  readonly below: 1 | 2 | 3;
}

/** What candles are read from: stored ones, and the blocks that are not in them. */
export interface TapeCandleSource {
  /** Stored ones of the very interval that open within the range, oldest first. */
  candles(
    instrumentId: InstrumentId,
    intervalMs: number,
    range: TapeRange,
  ): Result<readonly TapeCandle[]>;
  /** Open time of the newest that opened before; null where none did. */
  newestCandle(
    instrumentId: InstrumentId,
    intervalMs: number,
    before: number,
  ): Result<number | null>;
  /** Sequences of the blocks that overlap the range. */
  looseBlocks(query: LooseQuery): Result<readonly number[]>;
  /** Last event time of one that begins before `toTime`; null where none does. */
  newestLoose(query: Omit<LooseQuery, 'fromTime'>): Result<number | null>;
  /** Null where it has been deleted meanwhile. */
  blockBytes(instrumentId: InstrumentId, sequence: number): Result<Uint8Array | null>;
  /** Event time of the newest trade. */
  lastTime(instrumentId: InstrumentId): Result<number | null>;
}

/** A sealed block as its deletion sees it. */
export interface OldBlock {
  readonly instrumentId: InstrumentId;
  readonly sequence: number;
  readonly firstTime: number;
  readonly lastTime: number;
  /** Which stored candles hold its trades: none, those of hours and days, those of minutes too. */
  readonly summarized: 0 | 1 | 2;
}

/** What retention needs. */
export interface TapeRetentionStore extends TapeCandleSource {
  /** Sealed ones that ended before, of the instrument whose oldest is the oldest of all. */
  oldestBlocks(limit: number, endedBefore: number): Result<readonly OldBlock[]>;
  /** Sequences of the blocks that overlap the range and are summarized just so. */
  summarizedBlocks(
    instrumentId: InstrumentId,
    summarized: 1 | 2,
    range: TapeRange,
  ): Result<readonly number[]>;
  /** Deletes blocks of one instrument, and the gaps that lie before what is left. */
  deleteBlocks(instrumentId: InstrumentId, sequences: readonly number[]): Result<void>;
  deleteCandles(
    instrumentId: InstrumentId,
    intervalMs: number,
    openTimes: readonly number[],
  ): Result<void>;
  addCandles(
    instrumentId: InstrumentId,
    level: { readonly intervalMs: number; readonly candles: readonly TapeCandle[] },
  ): Result<void>;
  /** All that `work` does, or nothing; no other process writes meanwhile. */
  exclusively<T>(work: () => Result<T>): Result<T>;
  /** Bytes that hold something; the file may be larger by what was deleted. */
  usedBytes(): Result<number>;
  /** Cuts up to `bytes` of what was deleted off the file; answers how many are left to cut. */
  giveBack(bytes: number): Result<number>;
}

/** What brings blocks into the stored candles afterwards. */
export interface TapeSummaryStore {
  /** Some sealed blocks that are in no stored candle, in the same order each time. */
  unsummarized(limit: number, skip: number): Result<readonly StoredBlock[]>;
  summarize(summaries: readonly BlockSummary[]): Result<void>;
}
