import type { FeedState } from '#domain/feed.ts';
import { hubWords } from '../i18n/hub-words.ts';
import { translator } from '../i18n/i18n.ts';
import { formatClock } from '../ui/format.ts';
import type { ConnectionStoreState } from './connection-store.ts';

const t = translator('feeds');

/** Why what is shown is not live; null while it is. Stale is a state, and it is shown. */
export interface NotLive {
  readonly kind: 'offline' | FeedState['kind'];
  /** For a badge: `STALE`. */
  readonly label: string;
  /** For a strip: `No data since 12:03:04`. */
  readonly detail: string;
}

export function livenessOf(
  { connection, silentSince }: Pick<ConnectionStoreState, 'connection' | 'silentSince'>,
  feed: { readonly state: FeedState; readonly lastEventTime: number | null } | undefined,
): NotLive | null {
  if (connection.kind === 'connecting' && connection.attempt === 0) return null;
  if (connection.kind !== 'connected') {
    return notLive('offline', t('notLive.offline.detail'));
  }
  if (silentSince !== null) {
    return notLive('offline', t('notLive.offline.silent', { time: formatClock(silentSince) }));
  }
  return feed === undefined ? null : feedLiveness(feed.state, feed.lastEventTime);
}

/** The same for a feed alone. */
export function feedLiveness(state: FeedState, lastEventTime: number | null): NotLive | null {
  const since = lastEventTime === null ? null : { time: formatClock(lastEventTime) };
  switch (state.kind) {
    case 'live':
      return null;
    case 'stale':
    case 'connecting': {
      const { kind } = state;
      return notLive(
        kind,
        since === null ? t(`notLive.${kind}.detail`) : t(`notLive.${kind}.detailSince`, since),
      );
    }
    case 'disconnected': {
      const reason = hubWords(state.reason);
      return notLive(
        'disconnected',
        since === null
          ? t('notLive.disconnected.detail', { reason })
          : t('notLive.disconnected.detailSince', { reason, ...since }),
      );
    }
    case 'failed':
      return notLive('failed', hubWords(state.reason));
    case 'ended':
      return notLive('ended', t('notLive.ended.detail'));
    case 'closed':
      return notLive('closed', closedDetail(state.untilTime));
  }
}

const notLive = (kind: Exclude<NotLive['kind'], 'live'>, detail: string): NotLive => ({
  kind,
  label: t(`notLive.${kind}.label`),
  detail,
});

const closedDetail = (untilTime: number | null): string =>
  untilTime === null
    ? t('notLive.closed.detail')
    : t('notLive.closed.detailUntil', { time: formatClock(untilTime) });
