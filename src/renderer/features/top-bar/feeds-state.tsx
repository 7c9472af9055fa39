import { useTranslation } from 'react-i18next';
import { useConnection, useMarket } from '../../app/app-context.ts';
import { isHubHeard } from '../../stores/connection-store.ts';
import { summariseFeeds } from '../../stores/feeds-summary.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { formatCount, formatLag } from '../../ui/format.ts';
import { FeedsPopover } from '../feeds/feeds-popover.tsx';
import styles from './feeds-state.module.css';

const cx = bindClassNames(styles);

const POPOVER = 'feeds-popover';

/** All feeds in one word; it opens what each of them says. */
export function FeedsState() {
  const { t } = useTranslation('top-bar');
  const feeds = useMarket((state) => state.feeds);
  const isConnected = useConnection(isHubHeard);
  const summary = summariseFeeds(feeds);
  const tone = isConnected ? summary.tone : 'troubled';
  const text = isConnected ? summary.text : t('notLive');
  const lag = tone === 'live' && summary.lagMs !== null ? formatLag(summary.lagMs) : '';
  const rejected = feeds.reduce((sum, feed) => sum + feed.rejected, 0);
  return (
    <>
      <button
        type="button"
        className={cx('feeds')}
        popoverTarget={POPOVER}
        data-testid="feeds-state"
      >
        <span className={cx('label')}>{t('feeds')}</span>
        <span className={cx('dot', tone)} aria-hidden="true" />
        <span className={cx('word', tone)}>{text}</span>
        {rejected > 0 && (
          <span className={cx('word', 'troubled')} data-testid="feeds-rejected">
            {t('rejected', { amount: formatCount(rejected) })}
          </span>
        )}
        <span className={cx('lag')}>{lag}</span>
      </button>
      <FeedsPopover id={POPOVER} />
    </>
  );
}
