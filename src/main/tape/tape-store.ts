import type { Result } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';

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

interface TapeBatch {
  readonly blocks: readonly StoredBlock[];
  readonly gaps: readonly TapeGap[];
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
    },
  ): Result<StoredBlock | null>;
}
