import type { DecimalString } from './decimal.ts';
import type { EpochMs } from './units.ts';

/** A bot's equity at a moment of the market, for its curve. */
export interface EquityPoint {
  readonly botId: string;
  readonly time: EpochMs;
  readonly equity: DecimalString;
  /** Equity less what was paid in. */
  readonly pnl: DecimalString;
}
