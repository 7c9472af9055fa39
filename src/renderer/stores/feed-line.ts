import type { FeedStatus } from '#contract/model.ts';
import type { FeedState } from '#domain/feed.ts';
import { hubWords } from '../i18n/hub-words.ts';
import { translator } from '../i18n/i18n.ts';
import { formatCount, formatLag, formatTime } from '../ui/format.ts';

const t = translator('feeds');

/**
 * How a feed is, in one line that holds: `live, 38 ms behind, 1,204 trades/min, reconnected 2×, last
 * gap 14:03:07 for 4.1 s`.
 */
export function feedLine(feed: FeedStatus, now: number): string {
  const isConnected = feed.state.kind === 'live' || feed.state.kind === 'stale';
  return [
    stateText(feed.state, now),
    ...(feed.state.kind === 'live' ? [lagText(feed)] : []),
    ...(isConnected ? [t('line.rate', { rate: formatCount(feed.tradesPerMinute) })] : []),
    feed.reconnects > 0 ? t('line.reconnected', { times: feed.reconnects }) : null,
    gapText(feed.lastGap, now),
    feed.rejected > 0 ? t('line.rejected', { amount: formatCount(feed.rejected) }) : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** The state in a few words, with what is known of when it will change. */
export function stateText(state: FeedState, now: number): string {
  switch (state.kind) {
    case 'live':
      return t('line.live');
    case 'stale':
      return t('line.stale', { time: formatTime(state.sinceTime, now) });
    case 'connecting':
      return state.attempt > 1
        ? t('line.connectingAgain', { attempt: state.attempt })
        : t('line.connecting');
    case 'disconnected':
      return [
        t('line.disconnected', { reason: sentencePart(state.reason) }),
        ...nextTry(state.nextTryTime, now),
      ].join(', ');
    case 'failed':
      return t('line.failed', { reason: sentencePart(state.reason) });
    case 'ended':
      return t('line.ended');
    case 'closed':
      return state.untilTime === null
        ? t('line.closed')
        : t('line.closedUntil', { time: formatTime(state.untilTime, now) });
  }
}

/** What is measured, and how well, for who asks. */
export function clockText({ clockOffsetMs, clockUncertaintyMs }: FeedStatus): string {
  if (clockOffsetMs === null || clockUncertaintyMs === null) return t('clock.unknown');
  return t(clockOffsetMs < 0 ? 'clock.behind' : 'clock.ahead', {
    offset: duration(Math.abs(clockOffsetMs)),
    uncertainty: duration(clockUncertaintyMs),
  });
}

/** Without a measurement the lag is the least that it can be, and is called so. */
function lagText({ lagMs, clockOffsetMs }: FeedStatus): string | null {
  if (lagMs === null) return null;
  return t(clockOffsetMs === null ? 'line.behindAtLeast' : 'line.behind', {
    duration: duration(lagMs),
  });
}

function gapText(gap: FeedStatus['lastGap'], now: number): string | null {
  if (gap === null) return null;
  return t(gap.isBackfilled ? 'line.gapFilled' : 'line.gap', {
    time: formatTime(gap.fromTime, now),
    duration: duration(gap.toTime - gap.fromTime),
  });
}

const nextTry = (time: number | null, now: number): readonly string[] =>
  time === null ? [] : [t('line.nextTry', { time: formatTime(time, now) })];

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** `38 ms`, `4.1 s`, `2 min 5 s`, `3 h 12 min`. */
function duration(milliseconds: number): string {
  if (milliseconds < SECOND_MS) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < MINUTE_MS) return formatLag(milliseconds);
  const seconds = Math.round(milliseconds / SECOND_MS) * SECOND_MS;
  const minutes = Math.floor((seconds % HOUR_MS) / MINUTE_MS);
  if (seconds >= HOUR_MS) {
    return t('line.hours', { hours: formatCount(Math.floor(seconds / HOUR_MS)), minutes });
  }
  return t('line.minutes', { minutes, seconds: (seconds % MINUTE_MS) / SECOND_MS });
}

/** A sentence as a part of another one. */
const sentencePart = (text: string): string => hubWords(text).replace(/\.$/, '');
