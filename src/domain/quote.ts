import type { InstrumentId } from './instrument.ts';
import type { EpochMs, Price, Size } from './units.ts';

/** Best bid and ask with their sizes. */
export interface Quote {
  readonly instrumentId: InstrumentId;
  readonly bidPrice: Price;
  readonly bidSize: Size;
  readonly askPrice: Price;
  readonly askSize: Size;
  /** The exchange's clock, or null where it sends none (Binance spot bookTicker). */
  readonly eventTime: EpochMs | null;
  readonly receivedTime: EpochMs;
}
