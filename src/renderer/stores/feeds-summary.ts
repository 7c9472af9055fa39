import type { FeedStatus } from '#contract/model.ts';
import type { FeedState } from '#domain/feed.ts';
import { instrumentFeedsOf, modeOf } from './market-store.ts';

export interface FeedsSummary {
  /** In a word or two: `live`, `3 of 8 stale`, `none`. */
  readonly text: string;
  readonly isLive: boolean;
  /** The largest lag of a feed whose clock is the present; null where none has one. */
  readonly lagMs: number | null;
}

const BADNESS: Readonly<Record<FeedState['kind'], number>> = {
  live: 0,
  ended: 1,
  closed: 1,
  connecting: 2,
  stale: 3,
  disconnected: 4,
  failed: 5,
};

/** All feeds in one line: how many instruments are not live, and what the worst of them is. */
export function summariseFeeds(feeds: readonly FeedStatus[]): FeedsSummary {
  const states = Object.values(instrumentFeedsOf(feeds)).map((feed) => feed.state.kind);
  const troubled = states.filter((kind) => kind !== 'live');
  const worst = troubled.reduce<FeedState['kind']>(
    (found, kind) => (BADNESS[kind] > BADNESS[found] ? kind : found),
    'live',
  );
  const lags = feeds
    .filter((feed) => modeOf(feed) !== 'replay' && feed.state.kind === 'live')
    .flatMap((feed) => (feed.lagMs === null ? [] : [feed.lagMs]));
  return {
    text: textOf(worst, troubled.length, states.length),
    isLive: states.length > 0 && troubled.length === 0,
    lagMs: lags.length === 0 ? null : Math.max(...lags),
  };
}

function textOf(worst: FeedState['kind'], troubled: number, total: number): string {
  if (total === 0) return 'none';
  return troubled === 0 || troubled === total ? worst : `${troubled} of ${total} ${worst}`;
}
