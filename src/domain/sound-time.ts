import type { EpochMs } from './units.ts';

/** The exchange's clock, but not ahead of ours: one event that it dates wrongly is not the time of all. */
export const soundTime = (eventTime: EpochMs, receivedTime: EpochMs): EpochMs =>
  receivedTime < eventTime ? receivedTime : eventTime;
