import type { EpochMs, Price } from '#domain/units.ts';

/** What Deriv says, in the domain's words. `symbol` is Deriv's own (`R_100`, `frxEURUSD`). */
export interface DerivTick {
  readonly symbol: string;
  readonly price: Price;
  /** Null where the tick carries none. */
  readonly bidPrice: Price | null;
  readonly askPrice: Price | null;
  /** Whole seconds. */
  readonly eventTime: EpochMs;
}

export interface DerivListing {
  readonly symbol: string;
  readonly priceIncrement: number;
  readonly isOpen: boolean;
}

/** All that Deriv offers; listings of those that were asked for. */
export interface DerivOffer {
  readonly listings: ReadonlyMap<string, DerivListing>;
  readonly symbols: readonly string[];
}

export interface DerivCandle {
  readonly openTime: EpochMs;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
}

/** A tick of the past: history gives neither bid nor ask. */
export interface DerivPastTick {
  readonly eventTime: EpochMs;
  readonly price: Price;
}

/** Of one day: milliseconds after its midnight UTC, by symbol. */
export type DerivOpeningTimes = ReadonlyMap<string, readonly number[]>;

export interface DerivError {
  /** Deriv's code: `MarketIsClosed`, `RateLimit`, … */
  readonly code: string;
  readonly message: string;
}

/** What every message has around its content, in both dialects. */
export interface DerivEnvelope {
  /** `msg_type`: what the content is; empty where an error does not say. */
  readonly kind: string;
  /** The request that it answers, or that began the subscription it belongs to. */
  readonly requestId: number | null;
  readonly subscriptionId: string | null;
  readonly error: DerivError | null;
  /** The whole message, for the reader of its content. */
  readonly content: unknown;
}
