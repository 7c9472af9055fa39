import type { FeedState } from '#domain/feed.ts';
import type { ConnectionState } from '../client/transport.ts';
import { formatClock } from '../ui/format.ts';

/** Why what is shown is not live; null while it is. Stale is a state, and it is shown. */
export interface NotLive {
  readonly kind: 'offline' | FeedState['kind'];
  /** For a badge: `STALE`. */
  readonly label: string;
  /** For a strip: `No data since 12:03:04`. */
  readonly detail: string;
}

export function livenessOf(
  connection: ConnectionState,
  feed: { readonly state: FeedState; readonly lastEventTime: number | null } | undefined,
): NotLive | null {
  if (connection.kind === 'connecting' && connection.attempt === 0) return null;
  if (connection.kind !== 'connected') {
    return { kind: 'offline', label: 'NOT LIVE', detail: 'No connection to the hub' };
  }
  return feed === undefined ? null : feedLiveness(feed.state, feed.lastEventTime);
}

/** The same for a feed alone. */
export function feedLiveness(state: FeedState, lastEventTime: number | null): NotLive | null {
  const since = lastEventTime === null ? '' : ` since ${formatClock(lastEventTime)}`;
  switch (state.kind) {
    case 'live':
      return null;
    case 'stale':
      return { kind: 'stale', label: 'STALE', detail: `No data${since}` };
    case 'connecting':
      return { kind: 'connecting', label: 'CONNECTING', detail: `Connecting, no data${since}` };
    case 'disconnected':
      return {
        kind: 'disconnected',
        label: 'DISCONNECTED',
        detail: `${state.reason}, no data${since}`,
      };
    case 'failed':
      return { kind: 'failed', label: 'FAILED', detail: state.reason };
    case 'ended':
      return { kind: 'ended', label: 'ENDED', detail: 'The replay has played all it has' };
    case 'closed':
      return { kind: 'closed', label: 'CLOSED', detail: closedDetail(state.untilTime) };
  }
}

const closedDetail = (untilTime: number | null): string =>
  untilTime === null
    ? 'The market is closed'
    : `The market is closed until ${formatClock(untilTime)}`;
