import type { Publishable } from '#contract/publications.ts';
import type { EpochMs } from '#domain/units.ts';

/** One thing that happened in a channel; offsets grow by one with each (rule B1). */
export interface Publication {
  readonly offset: number;
  readonly timestamp: EpochMs;
  readonly data: Publishable;
}

/**
 * A run of publications of one channel, in order. `prevOffset` is where a consumer stood before it.
 * Every consumer of a channel is given the same object, so that work on it can be memoised.
 */
export interface Delivery {
  readonly channel: string;
  readonly epoch: string;
  readonly prevOffset: number;
  readonly publications: readonly Publication[];
}

export interface Consumer {
  deliver(delivery: Delivery): void;
  /** The channel is gone for good (its bot was removed), with this offset: the subscription is over. */
  ended?(channel: string, offset: number): void;
}

/** What a consumer starts from (rules B3, B4), and the way out. */
export interface Subscription {
  readonly epoch: string;
  readonly offset: number;
  /** True where `initial` is exactly what was missed since the position given (perhaps nothing). */
  readonly recovered: boolean;
  readonly initial: Delivery | undefined;
  dispose(): void;
}
