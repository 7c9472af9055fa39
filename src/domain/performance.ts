import { type DecimalString, decimal, toDecimalString, ZERO } from './decimal.ts';
import type { EpochMs } from './units.ts';

/**
 * What is remembered of how a bot did. PnL here is equity less all that was paid in: fees and the
 * open quantity count, deposits do not.
 */
export interface Performance {
  /** At its best moment; never below zero, where it began. */
  readonly peakPnl: DecimalString;
  readonly maxDrawdown: DecimalString;
  /** The last midnight, UTC, that it ran over; null before its first event. */
  readonly dayTime: EpochMs | null;
  /** PnL at that midnight. */
  readonly dayStartPnl: DecimalString;
}

const NIL = toDecimalString(ZERO);

export const NEW_PERFORMANCE: Performance = {
  peakPnl: NIL,
  maxDrawdown: NIL,
  dayTime: null,
  dayStartPnl: NIL,
};

const DAY_MS = 86_400_000;

/** Midnight UTC before `time`. */
export const dayOf = (time: EpochMs): EpochMs => (Math.floor(time / DAY_MS) * DAY_MS) as EpochMs;

/** How far `pnl` is below the best that it was. */
export function drawdownOf({ peakPnl }: Performance, pnl: DecimalString): DecimalString {
  const below = decimal(peakPnl).minus(decimal(pnl));
  return below.gt(ZERO) ? toDecimalString(below) : NIL;
}

/** As it is after `pnl` was seen at `time`. A day begins with what the day before ended with. */
export function performanceAt(
  before: Performance,
  pnl: DecimalString,
  time: EpochMs,
  pnlBefore: DecimalString = pnl,
): Performance {
  const peakPnl = decimal(pnl).gt(decimal(before.peakPnl)) ? pnl : before.peakPnl;
  const drawdown = drawdownOf({ ...before, peakPnl }, pnl);
  const maxDrawdown = decimal(drawdown).gt(decimal(before.maxDrawdown))
    ? drawdown
    : before.maxDrawdown;
  const day = dayOf(time);
  // A clock that jumped back does not begin an old day anew; one that was days ahead began none.
  const isNewDay = before.dayTime === null || day > before.dayTime || day < before.dayTime - DAY_MS;
  return isNewDay
    ? { peakPnl, maxDrawdown, dayTime: day, dayStartPnl: pnlBefore }
    : { ...before, peakPnl, maxDrawdown };
}

/** Of a bot that was not seen today, nothing. Where the clock was set back, the day that has begun goes on. */
export const pnlTodayOf = (
  { dayTime, dayStartPnl }: Performance,
  pnl: DecimalString,
  now: EpochMs,
): DecimalString =>
  dayTime !== null && dayTime >= dayOf(now)
    ? toDecimalString(decimal(pnl).minus(decimal(dayStartPnl)))
    : NIL;
