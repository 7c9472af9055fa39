import { useConnection, useMarket } from '../../app/app-context.ts';
import { summariseFeeds } from '../../stores/feeds-summary.ts';
import { feedLiveness } from '../../stores/liveness.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatLag } from '../../ui/format.ts';
import styles from './feeds-state.module.css';

const cx = bindClassNames(styles);

/** All feeds in one word, with what each says in the tooltip. */
export function FeedsState() {
  const feeds = useMarket((state) => state.feeds);
  const isConnected = useConnection((state) => state.connection.kind === 'connected');
  const { text, isLive, lagMs } = summariseFeeds(feeds);
  const tone = isConnected && isLive ? 'live' : 'troubled';
  const title = feeds
    .map((feed) => {
      const trouble = feedLiveness(feed.state, null)?.detail ?? 'live';
      return `${feed.spec}: ${trouble}, ${Math.round(feed.tradesPerMinute)} trades/min`;
    })
    .join('\n');
  return (
    <span className={cx('feeds')} title={title} data-testid="feeds-state">
      <span className={cx('label')}>Feeds</span>
      <span className={cx('dot', tone)} aria-hidden="true" />
      <span className={cx('word', tone)}>{isConnected ? text : 'not live'}</span>
      <span className={cx('lag')}>{tone === 'live' && lagMs !== null ? formatLag(lagMs) : ''}</span>
    </span>
  );
}
