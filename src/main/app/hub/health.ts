import type { FeedStatus } from '#contract/model.ts';
import type { RequestResult } from '#contract/requests.ts';
import type { FeedState } from '#domain/feed.ts';
import type { HubHealth } from '#main/hub/dependencies.ts';

export interface HealthReading {
  readonly isDatabaseOk: boolean;
  readonly feeds: readonly FeedStatus[];
  /** Event-loop delay over the last period, milliseconds. */
  readonly delayP99: number;
}

/** Beyond the first one notices it; beyond the second nothing in here is on time any more. */
const SLOW_AFTER_MS = 100;
const BLOCKED_AFTER_MS = 1_000;
/** Nothing comes of a feed in one of these states, and something should. */
const DOWN: readonly FeedState['kind'][] = ['stale', 'disconnected', 'failed'];

/**
 * Whether the monitor does what it is for. One feed that is down is shown where its instruments
 * are; with all of them down, the database gone or the event loop blocked, it is degraded.
 */
export function assessHealth({ isDatabaseOk, feeds, delayP99 }: HealthReading): HubHealth {
  const counts = {
    connecting: 0,
    live: 0,
    stale: 0,
    disconnected: 0,
    failed: 0,
    ended: 0,
    closed: 0,
  };
  for (const { state } of feeds) counts[state.kind] += 1;
  const areAllDown = feeds.length > 0 && feeds.every(({ state }) => isDown(state));
  const loop = loopState(delayP99);
  const isOk = isDatabaseOk && !areAllDown && loop !== 'blocked';
  return {
    status: isOk ? 'ok' : 'degraded',
    database: isDatabaseOk ? 'ok' : 'failed',
    feeds: counts,
    eventLoop: { state: loop, delayP99: Math.round(delayP99) },
  };
}

/** The same with what only a user of this hub may see: each feed. */
export function healthReport(reading: HealthReading): RequestResult<'health.get'> {
  const { status, database } = assessHealth(reading);
  const { feeds, delayP99 } = reading;
  return { status, database, feeds: [...feeds], eventLoopDelayP99: delayP99 };
}

/** Who tries again has not come back by trying: else a feed that is away would be well at each attempt. */
const isDown = (state: FeedState): boolean =>
  state.kind === 'connecting' ? state.attempt > 1 : DOWN.includes(state.kind);

function loopState(delayP99: number): HubHealth['eventLoop']['state'] {
  if (delayP99 >= BLOCKED_AFTER_MS) return 'blocked';
  return delayP99 >= SLOW_AFTER_MS ? 'slow' : 'ok';
}
