import type { InstrumentId } from '#domain/instrument.ts';
import type { Trade } from '#domain/trade.ts';
import type { RecordedGap } from '../tape-store.ts';

/** What is told of an exported file before its first trade. */
export interface ExportHead {
  readonly instrumentId: InstrumentId;
  /** Of the range, by time. */
  readonly gaps: readonly RecordedGap[];
}

/** A file of trades that is being written. Errors of the file system are thrown. */
export interface TradeFile {
  /** In order of time. */
  write(trades: readonly Trade[]): void;
  finish(): void;
  /** Lets go of it, finished or not. */
  close(): void;
  readonly bytesWritten: number;
}
