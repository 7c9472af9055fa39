import { type Result, succeed } from '#contract/errors.ts';
import { type InstrumentId, symbolOf } from '#domain/instrument.ts';
import type { HubClient } from '../../client/hub-client.ts';
import { translator } from '../../i18n/i18n.ts';
import type { MarketStore } from '../../stores/market-store.ts';
import type { Notices } from '../../stores/notices.ts';
import { removalOf } from '../feeds/feed-symbols.ts';

export interface InstrumentRemoval {
  readonly client: Pick<HubClient, 'request'>;
  readonly market: MarketStore;
  readonly notices: Pick<Notices, 'sayOf'>;
}

const t = translator('watchlist');

/** Removes an instrument, at once and without asking; what was removed can be taken back. */
export async function removeInstrument(
  { client, market, notices }: InstrumentRemoval,
  id: InstrumentId,
): Promise<Result<unknown>> {
  const removal = removalOf(market.getState().feeds, id);
  if (removal === undefined) return succeed(undefined);
  const { feed } = removal;
  const { spec, instruments } = feed;
  if (removal.kind === 'feed') {
    const count = instruments.length;
    return notices.sayOf(client.request('feeds.remove', { feedId: feed.id }), ({ ok }) =>
      ok
        ? {
            text: () =>
              count === 1
                ? t('removed', { name: symbolOf(id) })
                : t('removedFeed', { spec, count }),
            undo: () => client.request('feeds.add', { spec }),
          }
        : null,
    );
  }
  const changed = client.request('feeds.change', { feedId: feed.id, spec: removal.spec });
  return notices.sayOf(changed, (reply) => {
    if (!reply.ok) return null;
    const feedId = reply.value.id;
    return {
      text: () => t('removed', { name: symbolOf(id) }),
      undo: () => client.request('feeds.change', { feedId, spec }),
    };
  });
}
