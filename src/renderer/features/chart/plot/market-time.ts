import type { EpochMs } from '#domain/units.ts';

/** Of a market that lags by more than this, the market's own last time is the time. */
const MOST_LAG_MS = 60_000;

/**
 * What time it is in a market: ours while its events are of now. A recording that is played has a time
 * of its own, which goes no further than what it has shown.
 */
export function marketTime(now: EpochMs, lastEventTime: EpochMs | null): EpochMs {
  if (lastEventTime === null) return now;
  return Math.abs(now - lastEventTime) < MOST_LAG_MS ? now : lastEventTime;
}

const two = (value: number): string => String(value).padStart(2, '0');
const SECOND = 1_000;
const DAY_S = 86_400;

/** Until a bar closes: `0:07`, `1:02:03`, `2d 03h`. Never below zero: the next trade closes it. */
export function formatCountdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / SECOND));
  const hours = Math.floor(seconds / 3_600);
  if (seconds >= DAY_S) return `${Math.floor(seconds / DAY_S)}d ${two(hours % 24)}h`;
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
