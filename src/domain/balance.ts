import type { DecimalString } from './decimal.ts';

/** All bots of one user whose money is in one currency, together. */
export interface CurrencyBalance {
  /** The quote currency; null of bots whose instrument does not tell. */
  readonly currency: string | null;
  readonly cash: DecimalString;
  readonly equity: DecimalString;
  readonly realizedPnl: DecimalString;
  readonly unrealizedPnl: DecimalString;
  readonly fees: DecimalString;
  /** Since midnight UTC, fees and open quantity included. */
  readonly pnlToday: DecimalString;
  /** What they have lost together since their best moment, and the most that ever was. */
  readonly drawdown: DecimalString;
  readonly maxDrawdown: DecimalString;
  readonly bots: number;
}
