import { channel } from '#contract/channels.ts';
import type { Push } from '#contract/pushes.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import { instrumentFeedsOf, type MarketState } from './market-store.ts';
import { SPARKLINE_MINUTES, SparklineSeries } from './sparkline-series.ts';
import { createStoreQueue, type StoreQueue } from './store-queue.ts';
import { onEveryConnection, type SyncContext } from './sync-context.ts';

/** Keeps the watchlist, its tickers and sparklines, and the feeds' states current. */
export function syncMarket(context: SyncContext): () => void {
  const { client, stores, frames } = context;
  const queue = createStoreQueue(stores.market, frames, 'market');
  const tickers = new TickerSync(context, queue);

  const loadWatchlist = async () => {
    const reply = await client.request('watchlist.get');
    if (!reply.ok) return;
    const { instruments } = reply.value;
    stores.instruments.setState({ watchlist: instruments });
    selectFirst(context, instruments);
    tickers.follow(instruments);
  };

  const isListed = (id: InstrumentId) =>
    stores.instruments.getState().watchlist?.some((instrument) => instrument.id === id) ?? false;
  const onFeeds = (push: Push) => {
    if (push.event !== 'feed:status') return;
    const { feeds } = push.payload;
    queue((state) => ({ ...state, feeds, instrumentFeeds: instrumentFeedsOf(feeds) }));
    const ids = feeds.flatMap((feed) => feed.instruments.map((instrument) => instrument.id));
    // A feed that somebody added brings instruments that the watchlist here does not have yet.
    if (ids.some((id) => !isListed(id))) void loadWatchlist();
  };

  const ends = [
    onEveryConnection(client, () => void loadWatchlist()),
    client.subscribe(channel.feeds, { onPush: onFeeds }),
    () => tickers.stop(),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Something is always selected once there is anything to select. */
function selectFirst({ stores }: SyncContext, instruments: readonly Instrument[]): void {
  const { selectedInstrumentId } = stores.selection.getState();
  const isThere = instruments.some((instrument) => instrument.id === selectedInstrumentId);
  const first = instruments[0];
  if (!isThere && first !== undefined) {
    stores.selection.setState({ selectedInstrumentId: first.id });
  }
}

class TickerSync {
  readonly #context: SyncContext;
  readonly #queue: StoreQueue<MarketState>;
  readonly #followed = new Map<InstrumentId, { end: () => void; series: SparklineSeries }>();

  constructor(context: SyncContext, queue: StoreQueue<MarketState>) {
    this.#context = context;
    this.#queue = queue;
  }

  follow(instruments: readonly Instrument[]): void {
    const wanted = new Set(instruments.map((instrument) => instrument.id));
    for (const [id, { end }] of this.#followed) {
      if (wanted.has(id)) continue;
      end();
      this.#followed.delete(id);
    }
    for (const id of wanted) {
      const series = this.#followed.get(id)?.series ?? this.#add(id);
      void this.#loadSparkline(id, series);
    }
  }

  stop(): void {
    this.follow([]);
  }

  #add(id: InstrumentId): SparklineSeries {
    const series = new SparklineSeries();
    const end = this.#context.client.subscribe(channel.ticker(id), {
      onPush: (push) => {
        if (push.event !== 'price:update') return;
        const ticker = push.payload;
        series.add(ticker.eventTime, ticker.price);
        this.#queue((state) => ({
          ...state,
          tickers: { ...state.tickers, [id]: ticker },
          sparklines: withSparkline(state, id, series),
        }));
      },
    });
    this.#followed.set(id, { end, series });
    return series;
  }

  async #loadSparkline(id: InstrumentId, series: SparklineSeries): Promise<void> {
    const reply = await this.#context.client.request('candles.get', {
      instrumentId: id,
      interval: '1m',
      limit: SPARKLINE_MINUTES,
    });
    if (!reply.ok) return;
    for (const candle of reply.value.candles) series.backfill(candle.openTime, candle.close);
    this.#queue((state) => ({ ...state, sparklines: withSparkline(state, id, series) }));
  }
}

/** The points keep their identity while the line has not visibly moved. */
function withSparkline(
  state: MarketState,
  id: InstrumentId,
  series: SparklineSeries,
): MarketState['sparklines'] {
  const points = series.points();
  return state.sparklines[id] === points ? state.sparklines : { ...state.sparklines, [id]: points };
}
