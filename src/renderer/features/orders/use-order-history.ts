import { useCallback, useEffect, useState } from 'react';
import { useHubClient } from '../../app/app-context.ts';
import { systemClock } from '../../client/system-clock.ts';
import { NO_PAGES, type OrderPages, withNewestPage, withOlderPage } from './order-pages.ts';

const PAGE = 200;
/** Nobody tells of orders that have ended in one stream for all bots. */
const ASK_AGAIN_MS = 3_000;

export interface OrderHistory {
  readonly pages: OrderPages;
  readonly error: string | null;
  readonly loadOlder: () => void;
}

/** All orders of all bots, open or not, by the page; nothing while they are not wanted. */
export function useOrderHistory(isWanted: boolean): OrderHistory {
  const client = useHubClient();
  const [pages, setPages] = useState(NO_PAGES);
  const [error, setError] = useState<string | null>(null);
  const load = useCallback(
    async (before: string | null) => {
      const place = before === null ? {} : { before };
      const reply = await client.request('orders.list', { limit: PAGE, ...place });
      setError(reply.ok ? null : reply.error.message);
      if (!reply.ok) return;
      const take = before === null ? withNewestPage : withOlderPage;
      setPages((known) => take(known, reply.value));
    },
    [client],
  );
  useEffect(() => {
    if (!isWanted) return;
    void load(null);
    const stop = systemClock.setInterval(() => void load(null), ASK_AGAIN_MS);
    return () => {
      stop();
      setPages(NO_PAGES);
    };
  }, [isWanted, load]);
  // An answer may come when it is no longer wanted.
  return {
    pages: isWanted ? pages : NO_PAGES,
    error,
    loadOlder: () => void load(pages.nextBefore),
  };
}
