import { useEffect, useState } from 'react';
import type { EpochMs } from '#domain/units.ts';
import { browserClock } from '../client/browser-clock.ts';

/** The time, once a period. Only for what counts on screen; nothing else renders by the clock. */
export function useNow(periodMs: number): EpochMs {
  const [now, setNow] = useState(browserClock.now);
  useEffect(() => browserClock.setInterval(() => setNow(browserClock.now()), periodMs), [periodMs]);
  return now;
}
