import type { EpochMs } from './units.ts';

/** What made something happen: an event of the market, or what the bot made of one. */
export const TRAIL_CAUSES = [
  'trade',
  'quote',
  'bookSnapshot',
  'bookDelta',
  'bookLost',
  'gap',
  'backfill',
  'liquidation',
  'candle',
  'timer',
  'fill',
  'start',
  'user',
] as const;

export interface TrailEvent {
  readonly kind: (typeof TRAIL_CAUSES)[number];
  /** Of a trade its price, of a quote the middle, of a candle its close; null of others. */
  readonly price: number | null;
  /** Of a candle, when it opened; null of others. */
  readonly candleOpenTime: EpochMs | null;
  /** Of a fill that was answered, its id; null of others. */
  readonly fillId: string | null;
  /** The exchange's clock; null where it did not tell, and of what is no event of the market. */
  readonly eventTime: EpochMs | null;
  /** Ours. */
  readonly receivedTime: EpochMs | null;
}

/** Where an order came from, written down as it is placed. */
export interface OrderTrail {
  readonly orderId: string;
  readonly botId: string;
  readonly cause: TrailEvent;
  readonly why: string | null;
  /** Our clock. */
  readonly decidedTime: EpochMs;
  /** From when the bot was brought the event, by a clock that only goes forward. */
  readonly decidedAfterMs: number;
  /** The market's time. */
  readonly submittedTime: EpochMs;
}

/** What executed a fill, written down with it. */
export interface FillTrail {
  readonly fillId: string;
  readonly orderId: string;
  readonly botId: string;
  readonly execution: TrailEvent;
  /** Our clock. */
  readonly executedTime: EpochMs;
  /** From when the bot was brought the event. */
  readonly executedAfterMs: number;
}

/** When a fill was on disk, and when it was told; written down a moment later. */
export interface FillTelling {
  readonly fillId: string;
  readonly writtenTime: EpochMs;
  /** From its execution. */
  readonly writtenAfterMs: number;
  readonly toldTime: EpochMs;
  /** From when it was on disk. */
  readonly toldAfterMs: number;
}
