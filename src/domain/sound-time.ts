import type { EpochMs } from './units.ts';

/** So much, and no more, two clocks differ where one of them is not kept. */
export const MOST_SKEW_MS = 10_000;

/** The exchange's clock, but not ahead of ours: one event that it dates wrongly is not the time of all. */
export const soundTime = (eventTime: EpochMs, receivedTime: EpochMs): EpochMs =>
  receivedTime < eventTime ? receivedTime : eventTime;

/**
 * The same for what has to agree with the exchange to the trade, as candles do: where our clock is late
 * by seconds, its time counts as it is.
 */
export const candleTime = (eventTime: EpochMs, receivedTime: EpochMs): EpochMs =>
  eventTime - receivedTime > MOST_SKEW_MS ? receivedTime : eventTime;
