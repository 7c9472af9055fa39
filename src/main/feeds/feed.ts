import type { Failure, Result } from '#contract/errors.ts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { FeedState } from '#domain/feed.ts';
import type { Exchange, Instrument, InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import type { Remaining } from './remaining-instruments.ts';

/** Something that the parser refused (rule F5): counted and sampled, never repaired. */
export interface Rejection {
  /** 1-based; null where the source has no lines. */
  readonly line: number | null;
  readonly reason: string;
}

/** Where a running feed puts what it has. Called synchronously; the arrays are the sink's to keep. */
export interface FeedSink {
  /** In the exchange's order. */
  onEvents(events: readonly MarketEvent[]): void;
  /** Of the connection; `ended` and `failed` are told by how `run` ends. */
  onState(state: FeedState): void;
  onRejected(rejection: Rejection): void;
  /** The market of an instrument opened, or closed for the weekend: a closed one is not stale. */
  onMarketHours(id: InstrumentId, hours: MarketHours): void;
  /** Two clocks were compared. */
  onClockSample(sample: ClockSample): void;
}

export type MarketHours =
  | { readonly isOpen: true }
  | {
      readonly isOpen: false;
      /** When it opens again; null where the exchange does not say. */
      readonly untilTime: EpochMs | null;
    };

/** One question for the exchange's time and its answer, as in NTP: the offset lies within the trip. */
export interface ClockSample {
  /** Our clock when the question left. */
  readonly sentTime: EpochMs;
  /** The exchange's clock in the answer. */
  readonly exchangeTime: EpochMs;
  /** Our clock when the answer came. */
  readonly receivedTime: EpochMs;
}

/** What an exchange still knows of an outage. */
export interface Backfill {
  /** Oldest first. May overlap with what came live: the tape knows each id once. */
  readonly trades: readonly Trade[];
  /** Nothing of the stretch is missing. */
  readonly isComplete: boolean;
}

/** How a run ended. `isFinal`: trying again cannot help (a missing file), so nobody tries. */
export type FeedEnd =
  | { readonly kind: 'ended' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly isFinal: boolean };

/** A source of market data. Knows nothing of who listens; the supervisor runs it. */
export interface Feed {
  readonly exchange: Exchange;
  /** What it will carry, or why it cannot: one clear sentence. */
  instruments(): Promise<Result<readonly Instrument[]>>;
  /** Of one that worked before: what it still can carry, which is all that it then does. Absent where nothing can go. */
  remaining?(): Promise<Result<Remaining>>;
  /**
   * Closed candles that opened at or after `fromTime` and closed by `toTime`, oldest first, as far
   * back as the exchange goes. Absent where it has none.
   */
  history?(
    id: InstrumentId,
    interval: CandleInterval,
    fromTime: EpochMs,
    toTime: EpochMs,
  ): Promise<readonly Candle[]>;
  /**
   * Trades of a stretch (the exchange's clock, both ends included) that was missed. Absent where the
   * exchange offers none.
   */
  backfill?(id: InstrumentId, fromTime: EpochMs, toTime: EpochMs): Promise<Result<Backfill>>;
  /** Runs until it ends, fails or `signal` aborts. */
  run(sink: FeedSink, signal: AbortSignal): Promise<FeedEnd>;
}
