import type { InstrumentId } from '#domain/instrument.ts';

/** A run of trades of one instrument, encoded; to this room its bytes are opaque. */
export interface TapeBlock {
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

export interface TapeGap {
  readonly instrumentId: InstrumentId;
  readonly fromTime: number;
  readonly toTime: number;
  readonly reason: string;
}

const BACKFILL_STATES = ['no', 'partly', 'wholly'] as const;

export interface RecordedGap extends TapeGap {
  /** Whether its trades came afterwards. */
  readonly backfilled: (typeof BACKFILL_STATES)[number];
}

/** Half-open: `fromTime` belongs to it, `toTime` does not. */
export interface TapeRange {
  readonly fromTime: number;
  readonly toTime: number;
}

interface BackfilledStretch extends TapeRange {
  readonly instrumentId: InstrumentId;
  readonly isComplete: boolean;
}

/** A candle of the trades of some blocks, with when and in which block it opened and closed. */
export interface CandleRow {
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly buyVolume: number;
  readonly tradeCount: number;
  readonly openedAt: number;
  readonly openSequence: number;
  readonly closedAt: number;
  readonly closeSequence: number;
}

/** Candles of one interval. */
export interface CandleLevel {
  readonly intervalMs: number;
  readonly candles: readonly CandleRow[];
}

/** How much of a sealed block the stored candles hold: nothing, all but minutes, all. */
type Summarized = 0 | 1 | 2;

/** What a sealed block adds to the stored candles. */
export interface BlockSummary {
  readonly instrumentId: InstrumentId;
  readonly sequence: number;
  readonly summarized: Summarized;
  readonly levels: readonly CandleLevel[];
}

export interface TapeBatch {
  readonly blocks: readonly TapeBlock[];
  readonly gaps: readonly TapeGap[];
  readonly summaries?: readonly BlockSummary[];
  readonly backfilled?: readonly BackfilledStretch[];
}

export interface BlockQuery extends TapeRange {
  readonly instrumentId: InstrumentId;
  /** Latest first. */
  readonly newest: boolean;
  /** The block seen last, null to start. */
  readonly after: { readonly firstTime: number; readonly sequence: number } | null;
  /** Of the blocks up to this one only. */
  readonly throughSequence?: number;
}

export interface LooseQuery extends TapeRange {
  readonly instrumentId: InstrumentId;
  /** Of the blocks that are summarized less than that; 3 for all. */
  readonly below: 1 | 2 | 3;
}

export const stateOfBackfill = (stored: number): RecordedGap['backfilled'] =>
  BACKFILL_STATES[stored] ?? 'no';
export const storedBackfill = (state: RecordedGap['backfilled']): number =>
  BACKFILL_STATES.indexOf(state);

/** A sealed block as its deletion sees it. */
export interface OldBlock {
  readonly instrumentId: InstrumentId;
  readonly sequence: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly summarized: Summarized;
}
