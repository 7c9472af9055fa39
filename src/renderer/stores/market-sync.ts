import { channel } from '#contract/channels.ts';
import type { Push } from '#contract/pushes.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { withGroups } from './instrument-store.ts';
import { instrumentFeedsOf } from './market-store.ts';
import { deckOf } from './replay-store.ts';
import { createStoreQueue } from './store-queue.ts';
import { onEveryConnection, type SyncContext } from './sync-context.ts';
import type { TickerSync } from './ticker-sync.ts';

/** Keeps the watchlist, its tickers and sparklines, and the feeds' states current. */
export function syncMarket(context: SyncContext, tickers: TickerSync): () => void {
  const { client, stores, frames } = context;
  const queue = createStoreQueue(stores.market, frames, 'market');

  const loadWatchlist = async () => {
    const reply = await client.request('watchlist.get');
    if (!reply.ok) return;
    const { instruments, groups } = reply.value;
    stores.instruments.setState({ watchlist: instruments, groups });
    selectFirst(context, instruments);
    tickers.follow(instruments);
  };

  const isListed = (id: InstrumentId) =>
    stores.instruments.getState().watchlist?.some((instrument) => instrument.id === id) ?? false;
  let carried = '';
  const onFeeds = (push: Push) => {
    if (push.event !== 'feed:status') return;
    const { feeds } = push.payload;
    queue((state) => ({ ...state, feeds, instrumentFeeds: instrumentFeedsOf(feeds) }));
    const ids = feeds.flatMap((feed) => feed.instruments.map((instrument) => instrument.id));
    // A feed that somebody added brings instruments that the watchlist here does not have yet; one
    // that somebody removed takes its own away.
    const isOther = carried !== '' && carried !== ids.join();
    carried = ids.join();
    if (isOther || ids.some((id) => !isListed(id))) void loadWatchlist();
  };

  const ends = [
    onEveryConnection(client, () => {
      void loadWatchlist();
      tickers.refresh();
    }),
    client.subscribe(channel.watchlist, {
      onPush: (push) => {
        if (push.event !== 'watchlist:update') return;
        const { groups } = push.payload;
        stores.instruments.setState((state) => withGroups(state, groups));
      },
    }),
    client.subscribe(channel.feeds, { onPush: onFeeds }),
    () => tickers.follow([]),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Something is always selected once there is anything to select. */
function selectFirst({ stores }: SyncContext, instruments: readonly Instrument[]): void {
  const { selectedInstrumentId } = stores.selection.getState();
  const isThere =
    instruments.some((instrument) => instrument.id === selectedInstrumentId) ||
    deckOf(stores.replay.getState(), selectedInstrumentId) !== undefined;
  const first = instruments[0];
  if (!isThere && first !== undefined) {
    stores.selection.setState({ selectedInstrumentId: first.id });
  }
}
