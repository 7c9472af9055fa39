import type { Result } from '#contract/errors.ts';
import type { DeckGap, DeckView } from '#contract/replay-requests.ts';
import type { Candle, CandleInterval } from '#domain/candle.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';

/** The next events of a lane, in its order, never none; null at the end. */
export type LaneChunk = Result<readonly MarketEvent[] | null>;

/** Events of one origin, in the order in which they are to be played. Left, it needs no closing. */
export interface EventLane {
  next(): LaneChunk | Promise<LaneChunk>;
  /** Lets go of what it holds open. */
  close?(): Promise<void>;
}

/** From when on something of each instrument is wanted. */
export type Since = (id: InstrumentId) => EpochMs;

/** The way of markets to a place, as far as there is a shorter one than by all that happened. */
export interface Standing {
  /** In place of what is due before the lanes begin. */
  readonly events: readonly MarketEvent[];
  /** From when on the lanes give the rest of the way. */
  readonly since: Since;
}

/** `fromTime` belongs to it, `toTime` does not. */
export interface TimeRange {
  readonly fromTime: EpochMs;
  readonly toTime: EpochMs;
}

export interface TradedVolume {
  /** Where the step begins. */
  readonly time: EpochMs;
  /** In the base currency. */
  readonly volume: number;
}

/** What a deck plays. Everything in it has the source's own instrument ids. */
export interface ReplaySource extends TimeRange {
  readonly view: DeckView['source'];
  readonly instruments: readonly Instrument[];
  /** Of the range, by time. */
  readonly gaps: readonly DeckGap[];
  readonly books: DeckView['books'];
  /** It can be begun anywhere at once; else only from its start. */
  readonly isSeekable: boolean;
  /** Why it is not, a sentence for the user; null where it is, or nobody is to go back in it. */
  readonly slowSeek: string | null;
  /**
   * The events of each instrument from a time on, which may lie before the range: one lane an
   * origin, and of those that are due at the same time the earlier lane's come first.
   */
  lanes(since: Since): readonly EventLane[];
  /** How markets that know the candles before `since` come to where they stood before `time`. */
  standing(since: Since, time: EpochMs): Result<Standing>;
  /** All closed candles that opened in the range, oldest first. Empty where it knows none. */
  candles(id: InstrumentId, interval: CandleInterval, range: TimeRange): Result<readonly Candle[]>;
  /**
   * What was traded of it in each step of the range, by time: the steps are as long as asked for or
   * shorter, and those without a trade may be missing. Empty where it knows none.
   */
  volumes(id: InstrumentId, stepMs: number): Result<readonly TradedVolume[]>;
  /** The first of the range, or the newest, oldest first either way. */
  trades(
    id: InstrumentId,
    query: TimeRange & { readonly limit: number; readonly newest: boolean },
  ): Result<readonly Trade[]>;
  /** Lets go of what it holds, where it holds something: nothing is asked of it any more. */
  close?(): Promise<void>;
}
