import { useEffect, useState } from 'react';
import type { EpochMs } from '#domain/units.ts';
import { systemClock } from '../client/system-clock.ts';

/** The time, once a period. Only for what counts on screen; nothing else renders by the clock. */
export function useNow(periodMs: number): EpochMs {
  const [now, setNow] = useState(systemClock.now);
  useEffect(() => systemClock.setInterval(() => setNow(systemClock.now()), periodMs), [periodMs]);
  return now;
}
