import type { InstrumentId } from './instrument.ts';
import type { Side } from './side.ts';
import type { EpochMs, Price, Size } from './units.ts';

/** A position that the exchange closed by force, because its margin was used up. */
export interface Liquidation {
  readonly instrumentId: InstrumentId;
  /** Of the forced order: a long position is sold, a short one bought back. */
  readonly side: Side;
  /** What the exchange tells: where it was filled, or where the position was bankrupt. */
  readonly price: Price;
  /** In the base currency. */
  readonly size: Size;
  /** The exchange's clock. */
  readonly eventTime: EpochMs;
  /** Ours. */
  readonly receivedTime: EpochMs;
}
