import type { DecimalString } from './decimal.ts';
import type { InstrumentId } from './instrument.ts';
import type { Side } from './side.ts';
import type { EpochMs } from './units.ts';

export type Liquidity = 'maker' | 'taker';

/** One execution of one of our orders. */
export interface Fill {
  readonly id: string;
  readonly botId: string;
  readonly orderId: string;
  readonly instrumentId: InstrumentId;
  readonly side: Side;
  readonly quantity: DecimalString;
  readonly price: DecimalString;
  readonly fee: DecimalString;
  readonly feeCurrency: string;
  readonly liquidity: Liquidity;
  /** What this fill realised, before its fee; zero where it opened or added. */
  readonly realizedPnl: DecimalString;
  readonly eventTime: EpochMs;
}
