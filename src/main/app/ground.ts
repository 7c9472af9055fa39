import type { TimerClock } from '#domain/clock.ts';
import type { Log } from '#main/telemetry/log.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Publications } from './publications.ts';

/** What every room stands on. Whatever is started, the lifecycle stops. */
export interface Ground {
  readonly clock: TimerClock;
  readonly log: Log;
  readonly lifecycle: Lifecycle;
  readonly userId: string;
  readonly publications: Publications;
}
