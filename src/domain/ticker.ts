import type { InstrumentId } from './instrument.ts';
import type { EpochMs, Price } from './units.ts';

/** 24 h statistics with the last price, as far back as trades are known (at most 24 h). */
export interface Ticker {
  readonly instrumentId: InstrumentId;
  readonly lastPrice: Price;
  readonly bidPrice: Price | null;
  readonly askPrice: Price | null;
  /** Base currency, over the window. */
  readonly volume: number;
  /** Percent, last price against the first of the window. */
  readonly changePercent: number;
  readonly highPrice: Price;
  readonly lowPrice: Price;
  readonly eventTime: EpochMs;
}
