import type { Result } from '#contract/errors.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { BlockSummary, StoredBlock, TapeBlockSource } from '../tape-store.ts';

/**
 * What an import needs of the place where the tape is kept. Only one import at a time may have it;
 * a recorder may write to the same tape meanwhile.
 */
export interface ImportStore extends TapeBlockSource {
  /** All or nothing. */
  write(batch: {
    readonly blocks: readonly StoredBlock[];
    readonly summaries: readonly BlockSummary[];
    readonly gaps: readonly [];
  }): Result<void>;
  /**
   * The sequence of the next imported block. Imported blocks have sequences of their own, below
   * zero and ascending, so that neither import nor recorder takes one from the other.
   */
  nextSequence(instrumentId: InstrumentId): Result<number>;
}
