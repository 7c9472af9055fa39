import type { Result } from '#contract/errors.ts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { CandleSlice } from '#domain/candle-columns.ts';
import type { MarketEvent } from '#domain/market-event.ts';

/** What comes next of a stretch of the market, never nothing: many at once, in their order. */
export type BacktestPiece =
  | { readonly kind: 'events'; readonly events: readonly MarketEvent[] }
  | {
      readonly kind: 'candles';
      readonly interval: CandleInterval;
      /** Closed candles. */
      readonly stretch: CandleSlice;
    };

/** One instrument's market from the start of a stretch to its end. */
export interface BacktestFeed {
  /** Null at the end. */
  next(): Result<BacktestPiece | null> | Promise<Result<BacktestPiece | null>>;
  /** Lets go of what it holds open. */
  close?(): Promise<void>;
}

/** Where a bot plays: a market and an account of its own, wired as those of live are. */
export interface BacktestStage {
  /** The way of every event, as live; `time` is the market's, and never runs back. */
  play(event: MarketEvent, time: number): void;
  /** The way of a closed candle, which is another one after that. `onPrice` hears of each price on it, before the bot does. */
  playCandle(
    candle: Candle,
    interval: CandleInterval,
    onPrice: (time: number, price: number) => void,
  ): void;
  /** Resolves when the bot has dealt with what was played; null where it has. */
  settled(): Promise<unknown> | null;
  /** The last one; null before the first trade. */
  readonly price: number | null;
  /** Why the bot is no more; null while it runs. */
  readonly error: string | null;
}
