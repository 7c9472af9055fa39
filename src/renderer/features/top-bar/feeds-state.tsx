import type { FeedStatus } from '#contract/model.ts';
import { useConnection, useMarket } from '../../app/app-context.ts';
import { summariseFeeds } from '../../stores/feeds-summary.ts';
import { feedLiveness } from '../../stores/liveness.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatLag } from '../../ui/format.ts';
import styles from './feeds-state.module.css';

const cx = bindClassNames(styles);

/** What the parser refused, the first of it with its place in the recording. */
function rejectionsOf({ rejected, rejectedSamples }: FeedStatus): readonly string[] {
  if (rejected === 0) return [];
  const samples = rejectedSamples.map(({ line, reason }) =>
    line === null ? reason : `line ${line}: ${reason}`,
  );
  const others = rejected - samples.length;
  return [`${rejected} rejected:`, ...samples, ...(others > 0 ? [`and ${others} more`] : [])];
}

/** All feeds in one word, with what each says in the tooltip. */
export function FeedsState() {
  const feeds = useMarket((state) => state.feeds);
  const isConnected = useConnection((state) => state.connection.kind === 'connected');
  const { text, isLive, lagMs } = summariseFeeds(feeds);
  const tone = isConnected && isLive ? 'live' : 'troubled';
  const rejected = feeds.reduce((sum, feed) => sum + feed.rejected, 0);
  const title = feeds
    .map((feed) => {
      const trouble = feedLiveness(feed.state, null)?.detail ?? 'live';
      const rate = `${Math.round(feed.tradesPerMinute)} trades/min`;
      return [`${feed.spec}: ${trouble}, ${rate}`, ...rejectionsOf(feed)].join('\n');
    })
    .join('\n');
  return (
    <span className={cx('feeds')} title={title} data-testid="feeds-state">
      <span className={cx('label')}>Feeds</span>
      <span className={cx('dot', tone)} aria-hidden="true" />
      <span className={cx('word', tone)}>{isConnected ? text : 'not live'}</span>
      {rejected > 0 && (
        <span className={cx('word', 'troubled')} data-testid="feeds-rejected">
          {rejected} rejected
        </span>
      )}
      <span className={cx('lag')}>{tone === 'live' && lagMs !== null ? formatLag(lagMs) : ''}</span>
    </span>
  );
}
