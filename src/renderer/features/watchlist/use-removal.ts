import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type InstrumentId, symbolOf } from '#domain/instrument.ts';
import { useHubClient, useStores } from '../../app/app-context.ts';
import { removalOf } from '../feeds/feed-symbols.ts';

/** Removes an instrument, at once and without asking; what was removed can be taken back. */
export function useRemoval() {
  const { t } = useTranslation('watchlist');
  const client = useHubClient();
  const { market, notices } = useStores();
  const [error, setError] = useState<string | null>(null);
  const remove = useCallback(
    async (id: InstrumentId) => {
      const removal = removalOf(market.getState().feeds, id);
      if (removal === undefined) return;
      setError(null);
      const { feed } = removal;
      const { spec, instruments } = feed;
      if (removal.kind === 'feed') {
        const reply = await client.request('feeds.remove', { feedId: feed.id });
        if (!reply.ok) return setError(reply.error.message);
        const text =
          instruments.length === 1
            ? t('removed', { name: symbolOf(id) })
            : t('removedFeed', { spec, count: instruments.length });
        return notices.say({
          text: () => text,
          undo: () => client.request('feeds.add', { spec }),
        });
      }
      const reply = await client.request('feeds.change', { feedId: feed.id, spec: removal.spec });
      if (!reply.ok) return setError(reply.error.message);
      const feedId = reply.value.id;
      notices.say({
        text: () => t('removed', { name: symbolOf(id) }),
        undo: () => client.request('feeds.change', { feedId, spec }),
      });
    },
    [client, market, notices, t],
  );
  return { error, remove };
}
