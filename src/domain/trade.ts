import type { InstrumentId } from './instrument.ts';
import type { Side } from './side.ts';
import type { EpochMs, Price, Size } from './units.ts';

/** A public print. Never our own execution: that is a Fill. */
export interface Trade {
  readonly instrumentId: InstrumentId;
  /** The exchange's id, unique within the instrument. */
  readonly id: string;
  readonly price: Price;
  readonly size: Size;
  readonly aggressorSide: Side;
  /** The exchange's clock. */
  readonly eventTime: EpochMs;
  /** Our clock. May lie before `eventTime`: clocks disagree. */
  readonly receivedTime: EpochMs;
}
