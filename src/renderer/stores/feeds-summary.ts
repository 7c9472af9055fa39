import type { FeedStatus } from '#contract/model.ts';
import type { FeedState } from '#domain/feed.ts';
import { translator } from '../i18n/i18n.ts';
import { instrumentFeedsOf, modeOf } from './market-store.ts';

const t = translator('feeds');

export interface FeedsSummary {
  /** In a word or two: `live`, `3 of 8 stale`, `none`. */
  readonly text: string;
  /** `idle`: every market is closed, which is nobody's fault. */
  readonly tone: 'live' | 'idle' | 'troubled';
  /** The largest lag of a feed whose clock is the present; null where none has one. */
  readonly lagMs: number | null;
}

/** The more one has to look after it, the larger. */
export const FEED_BADNESS: Readonly<Record<FeedState['kind'], number>> = {
  closed: 0,
  live: 1,
  ended: 2,
  connecting: 3,
  stale: 4,
  disconnected: 5,
  failed: 6,
};

/** All feeds in one line: how many instruments are not live, and what the worst of them is. */
export function summariseFeeds(feeds: readonly FeedStatus[]): FeedsSummary {
  const states = [
    ...Object.values(instrumentFeedsOf(feeds)).map((feed) => feed.state.kind),
    // What it would carry is not known before its exchange was reached.
    ...feeds.flatMap((feed) => (feed.instruments.length === 0 ? [feed.state.kind] : [])),
  ];
  const troubled = states.filter((kind) => FEED_BADNESS[kind] > FEED_BADNESS.live);
  const worst = states.reduce<FeedState['kind']>(
    (found, kind) => (FEED_BADNESS[kind] > FEED_BADNESS[found] ? kind : found),
    'closed',
  );
  const lags = feeds
    .filter((feed) => modeOf(feed) !== 'replay' && feed.state.kind === 'live')
    .flatMap((feed) => (feed.lagMs === null ? [] : [feed.lagMs]));
  return {
    text: textOf(worst, troubled.length, states.length),
    tone: toneOf(worst, states.length),
    lagMs: lags.length === 0 ? null : Math.max(...lags),
  };
}

function textOf(worst: FeedState['kind'], troubled: number, total: number): string {
  if (total === 0) return t('summary.none');
  const state = t(`states.${worst}`);
  return troubled === 0 || troubled === total
    ? state
    : t('summary.some', { troubled, total, state });
}

function toneOf(worst: FeedState['kind'], total: number): FeedsSummary['tone'] {
  if (total === 0) return 'troubled';
  if (worst === 'closed') return 'idle';
  return worst === 'live' ? 'live' : 'troubled';
}
