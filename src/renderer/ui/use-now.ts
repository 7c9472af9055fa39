import { useEffect, useState } from 'react';
import type { Clock } from '#domain/clock.ts';
import type { EpochMs } from '#domain/units.ts';
import { systemClock } from '../client/system-clock.ts';

/** The time, once a period. Only for what counts on screen; nothing else renders by the clock. `clock`: the hub's client, for what ends by the hub's clock. */
export function useNow(periodMs: number, clock: Clock = systemClock): EpochMs {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => systemClock.setInterval(() => setNow(clock.now()), periodMs), [clock, periodMs]);
  return now;
}
