import { useEffect, useRef, useState } from 'react';
import { useMarket } from '../../app/app-context.ts';
import { bindClassNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { AddFeedForm } from './add-feed-form.tsx';
import { FeedRow } from './feed-row.tsx';
import styles from './feeds-popover.module.css';

const cx = bindClassNames(styles);

/** Times of day gain their date at midnight, and no sooner does anything here change by itself. */
const CLOCK_MS = 60_000;

/** All feeds, opened from the top bar: what each one says of itself, and what can be done about it. */
export function FeedsPopover({ id }: { readonly id: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section
      id={id}
      popover="auto"
      className={cx('popover')}
      aria-label="Feeds"
      data-testid="feeds-popover"
      onToggle={(event) => setIsOpen(event.newState === 'open')}
    >
      {isOpen && <Feeds />}
    </section>
  );
}

function Feeds() {
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
      <h2 ref={titleRef} className={cx('title')} tabIndex={-1}>
        Feeds
      </h2>
      {feeds.length === 0 ? (
        <EmptyState text="No feed: nothing comes in." />
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
