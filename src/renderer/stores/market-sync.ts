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

/** The default group always shows something once there is anything; nobody shows what is gone. */
function selectFirst({ stores }: SyncContext, instruments: readonly Instrument[]): void {
  const isThere = (id: InstrumentId) =>
    instruments.some((instrument) => instrument.id === id) ||
    deckOf(stores.replay.getState(), id) !== undefined;
  const first = instruments[0];
  if (first === undefined) return;
  for (const selection of stores.selections.all) {
    const { selectedInstrumentId: id } = selection.getState();
    const isGone = id === null ? selection === stores.selections.default : !isThere(id);
    if (isGone) selection.setState({ selectedInstrumentId: first.id });
  }
}
