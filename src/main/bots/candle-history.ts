import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';

export interface HistoryQuery {
  readonly interval: CandleInterval;
  /** The newest so many. */
  readonly count: number;
  /** Of the time before this. */
  readonly before: EpochMs;
}

/**
 * What is known of an instrument's past, oldest first: closed candles and, at the end, perhaps the one
 * in progress at `before` as it then stood. At once where it can be (a deck, a backtest: nothing waits,
 * so that a run is the same each time), else later. Fewer than asked for where no more is known.
 */
export type CandleHistory = (query: HistoryQuery) => readonly Candle[] | Promise<readonly Candle[]>;
