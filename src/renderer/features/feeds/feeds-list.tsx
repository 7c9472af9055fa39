import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMarket } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { AddFeedForm } from './add-feed-form.tsx';
import { FeedRow } from './feed-row.tsx';
import styles from './feeds-popover.module.css';

const cx = bindClassNames(styles);

/** Times of day gain their date at midnight, and no sooner does anything here change by itself. */
const CLOCK_MS = 60_000;

/** What each feed says of itself, and what can be done about it. */
export function FeedsList({ onAddExchange }: { readonly onAddExchange: () => void }) {
  const { t } = useTranslation('feeds');
  const feeds = useMarket((state) => state.feeds);
  const now = useNow(CLOCK_MS);
  const titleRef = useRef<HTMLHeadingElement>(null);
  const countRef = useRef(feeds.length);
  useEffect(() => {
    // A feed that was removed took its button with it: the keyboard goes on from the top.
    const isRemoved = feeds.length < countRef.current;
    countRef.current = feeds.length;
    if (isRemoved && document.activeElement === document.body) titleRef.current?.focus();
  }, [feeds.length]);
  return (
    <>
      <header className={cx('head')}>
        <h2 ref={titleRef} className={cx('title')} tabIndex={-1}>
          {t('title')}
        </h2>
        <Button testId="feeds-add-exchange" onClick={onAddExchange}>
          {t('addExchange')}
        </Button>
      </header>
      {feeds.length === 0 ? (
        <EmptyState text={t('none')} />
      ) : (
        <ul className={cx('list')}>
          {feeds.map((feed) => (
            <FeedRow key={feed.id} feed={feed} now={now} />
          ))}
        </ul>
      )}
      <AddFeedForm />
    </>
  );
}
