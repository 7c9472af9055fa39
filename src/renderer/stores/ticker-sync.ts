import { channel } from '#contract/channels.ts';
import { deckOfInstrument } from '#contract/decks.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { MarketState } from './market-store.ts';
import { SPARKLINE_MINUTES, SparklineSeries } from './sparkline-series.ts';
import { createStoreQueue, type StoreQueue } from './store-queue.ts';
import type { SyncContext } from './sync-context.ts';

/** Keeps the tickers and sparklines of what is listed current: the watchlist's, and the decks'. */
export class TickerSync {
  readonly #context: SyncContext;
  readonly #queue: StoreQueue<MarketState>;
  readonly #followed = new Map<InstrumentId, { end: () => void; series: SparklineSeries }>();

  constructor(context: SyncContext) {
    this.#context = context;
    this.#queue = createStoreQueue(context.stores.market, context.frames, 'tickers');
  }

  /** Of the watchlist, whole each time. */
  follow(instruments: readonly Instrument[]): void {
    const wanted = new Set(instruments.map((instrument) => instrument.id));
    for (const id of [...this.#followed.keys()]) {
      if (!wanted.has(id) && deckOfInstrument(id) === undefined) this.remove(id);
    }
    for (const id of wanted) this.add(id);
  }

  add(id: InstrumentId): void {
    const series = this.#followed.get(id)?.series ?? this.#subscribe(id);
    void this.#loadSparkline(id, series);
  }

  remove(id: InstrumentId): void {
    this.#followed.get(id)?.end();
    this.#followed.delete(id);
    this.#queue((state) => {
      const { [id]: _ticker, ...tickers } = state.tickers;
      const { [id]: _points, ...sparklines } = state.sparklines;
      return { ...state, tickers, sparklines };
    });
  }

  #subscribe(id: InstrumentId): SparklineSeries {
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
    if (this.#followed.get(id)?.series !== series) return;
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
