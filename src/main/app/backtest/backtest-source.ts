import type { BacktestReport } from '#contract/backtest-report.ts';
import type { Result } from '#contract/errors.ts';
import type { CandleInterval } from '#domain/candle.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { EpochMs } from '#domain/units.ts';
import type { BacktestFeed } from '#main/backtest/backtest-feed.ts';
import type { MarketData } from '#main/market/market-data.ts';
import type { BotHistory } from '../bots/bot-history.ts';

/** A stretch that is about to be played. */
export interface BegunSource {
  readonly feed: BacktestFeed;
  /** When the first thing happens. */
  readonly fromTime: EpochMs;
  /** Exclusive. */
  readonly toTime: EpochMs;
}

/** A stretch of one instrument's market that a backtest can play, over and over. */
export interface BacktestSource {
  readonly instrument: Instrument;
  readonly source: BacktestReport['source'];
  /** Where the user's stretch starts. */
  readonly fromTime: EpochMs;
  /** Exclusive. */
  readonly toTime: EpochMs;
  /** The finest candles that it can give; null where it has trades, and so candles of any kind. */
  readonly finest: CandleInterval | null;
  /** Stretches of which nothing is known. */
  readonly gaps: number;
  history(market: MarketData): BotHistory;
  /** From its start, with `market` made as it was then. */
  begin(market: MarketData): Promise<Result<BegunSource>>;
}
