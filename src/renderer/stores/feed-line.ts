import type { FeedStatus } from '#contract/model.ts';
import type { FeedState } from '#domain/feed.ts';
import { formatLag, formatTime } from '../ui/format.ts';

/**
 * How a feed is, in one line that holds: `live, 38 ms behind, 1,204 trades/min, reconnected 2×, last
 * gap 14:03:07 for 4.1 s`.
 */
export function feedLine(feed: FeedStatus, now: number): string {
  const isConnected = feed.state.kind === 'live' || feed.state.kind === 'stale';
  return [
    stateText(feed.state, now),
    ...(feed.state.kind === 'live' ? [lagText(feed)] : []),
    ...(isConnected ? [`${count(feed.tradesPerMinute)} trades/min`] : []),
    feed.reconnects > 0 ? `reconnected ${count(feed.reconnects)}×` : null,
    gapText(feed.lastGap, now),
    feed.rejected > 0 ? `${count(feed.rejected)} rejected` : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** The state in a few words, with what is known of when it will change. */
export function stateText(state: FeedState, now: number): string {
  switch (state.kind) {
    case 'live':
      return 'live';
    case 'stale':
      return `stale, nothing since ${formatTime(state.sinceTime, now)}`;
    case 'connecting':
      return state.attempt > 1 ? `connecting, try ${count(state.attempt)}` : 'connecting';
    case 'disconnected':
      return `disconnected: ${sentencePart(state.reason)}${nextTry(state.nextTryTime, now)}`;
    case 'failed':
      return `failed: ${sentencePart(state.reason)}`;
    case 'ended':
      return 'ended, all is played';
    case 'closed':
      return state.untilTime === null
        ? 'market closed'
        : `market closed until ${formatTime(state.untilTime, now)}`;
  }
}

/** What is measured, and how well, for who asks. */
export function clockText({ clockOffsetMs, clockUncertaintyMs }: FeedStatus): string {
  if (clockOffsetMs === null || clockUncertaintyMs === null) {
    return 'The exchange’s clock was not measured: it is behind by that much or more.';
  }
  const size = duration(Math.abs(clockOffsetMs));
  const side = clockOffsetMs < 0 ? 'behind' : 'ahead of';
  return `The exchange’s clock is ${size} ${side} ours, give or take ${duration(clockUncertaintyMs)}.`;
}

/** Without a measurement the lag is the least that it can be, and is called so. */
function lagText({ lagMs, clockOffsetMs }: FeedStatus): string | null {
  if (lagMs === null) return null;
  return `${clockOffsetMs === null ? 'at least ' : ''}${duration(lagMs)} behind`;
}

function gapText(gap: FeedStatus['lastGap'], now: number): string | null {
  if (gap === null) return null;
  const text = `last gap ${formatTime(gap.fromTime, now)} for ${duration(gap.toTime - gap.fromTime)}`;
  return gap.isBackfilled ? `${text} (filled since)` : text;
}

const nextTry = (time: number | null, now: number): string =>
  time === null ? '' : `, next try ${formatTime(time, now)}`;

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** `38 ms`, `4.1 s`, `2 min 5 s`, `3 h 12 min`. */
function duration(milliseconds: number): string {
  if (milliseconds < SECOND_MS) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < MINUTE_MS) return formatLag(milliseconds);
  const seconds = Math.round(milliseconds / SECOND_MS) * SECOND_MS;
  const minutes = Math.floor((seconds % HOUR_MS) / MINUTE_MS);
  if (seconds >= HOUR_MS) return `${count(Math.floor(seconds / HOUR_MS))} h ${minutes} min`;
  return `${minutes} min ${(seconds % MINUTE_MS) / SECOND_MS} s`;
}

const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const count = (value: number): string => numbers.format(value);

/** A sentence as a part of another one. */
const sentencePart = (text: string): string => text.replace(/\.$/, '');
