import { channel } from '#contract/channels.ts';
import type { Push, PushPayload } from '#contract/pushes.ts';
import type { Instrument, InstrumentId } from '#domain/instrument.ts';
import type { MarketState } from './market-store.ts';
import { CALM_PERIOD_MS } from './paces.ts';
import { SparklineLoads } from './sparkline-loads.ts';
import { SPARKLINE_MINUTES, SparklineSeries } from './sparkline-series.ts';
import { createStoreQueue, type StoreQueue } from './store-queue.ts';
import type { SyncContext } from './sync-context.ts';

type TickerUpdate = PushPayload<'price:update'>;

/**
 * Keeps the tickers and sparklines of what is listed current: the watchlist's by the one channel that
 * has them all, the decks' by their own.
 */
export class TickerSync {
  readonly #context: SyncContext;
  readonly #queue: StoreQueue<MarketState>;
  readonly #series = new Map<InstrumentId, SparklineSeries>();
  /** Ends of the decks' subscriptions. */
  readonly #deckEnds = new Map<InstrumentId, () => void>();
  readonly #loads = new SparklineLoads((id) => this.#loadSparkline(id));
  /** The newest of each since the last frame. */
  #arrived = new Map<InstrumentId, TickerUpdate>();
  #endPrices: (() => void) | null = null;

  constructor(context: SyncContext) {
    this.#context = context;
    this.#queue = createStoreQueue(context.stores.market, context.frames, 'tickers');
  }

  /** Of the watchlist, whole each time. */
  follow(instruments: readonly Instrument[]): void {
    const wanted = new Set(instruments.map((instrument) => instrument.id));
    for (const id of [...this.#series.keys()]) {
      if (!wanted.has(id) && !this.#deckEnds.has(id)) this.#forget(id);
    }
    for (const id of wanted) if (!this.#series.has(id)) this.#begin(id);
    if (wanted.size === 0) {
      this.#endPrices?.();
      this.#endPrices = null;
    } else this.#endPrices ??= this.#subscribe(channel.publicPrice);
  }

  /** Of a deck. */
  add(id: InstrumentId): void {
    if (this.#deckEnds.has(id)) return;
    this.#begin(id);
    this.#deckEnds.set(id, this.#subscribe(channel.ticker(id)));
  }

  /** Of a deck. */
  remove(id: InstrumentId): void {
    this.#deckEnds.get(id)?.();
    this.#deckEnds.delete(id);
    this.#forget(id);
  }

  /** Somebody shows the last hour of an instrument. Returns the end of that. */
  showSparkline(id: InstrumentId): () => void {
    return this.#loads.show(id);
  }

  /** After a lost connection. */
  refresh(): void {
    this.#loads.refresh();
  }

  #subscribe(name: string): () => void {
    const handler = { onPush: (push: Push) => this.#receive(push) };
    return this.#context.client.subscribe(name, handler, { minIntervalMs: CALM_PERIOD_MS });
  }

  #receive(push: Push): void {
    if (push.event !== 'price:update') return;
    const ticker = push.payload;
    const series = this.#series.get(ticker.symbol);
    if (series === undefined) return;
    series.add(ticker.eventTime, ticker.price);
    if (this.#arrived.size === 0) this.#queue((state) => this.#withArrived(state));
    this.#arrived.set(ticker.symbol, ticker);
  }

  /** All of a frame in one copy, however many instruments there are. */
  #withArrived(state: MarketState): MarketState {
    const arrived = [...this.#arrived].filter(([id]) => this.#series.has(id));
    this.#arrived = new Map();
    const lines = arrived.flatMap(([id]) => {
      const points = this.#series.get(id)?.points();
      return points === undefined || state.sparklines[id] === points ? [] : [[id, points] as const];
    });
    return {
      ...state,
      tickers: { ...state.tickers, ...Object.fromEntries(arrived) },
      // The points keep their identity while the line has not visibly moved.
      sparklines:
        lines.length === 0
          ? state.sparklines
          : { ...state.sparklines, ...Object.fromEntries(lines) },
    };
  }

  #begin(id: InstrumentId): void {
    this.#series.set(id, new SparklineSeries());
    this.#loads.renew(id);
  }

  #forget(id: InstrumentId): void {
    this.#series.delete(id);
    this.#queue((state) => {
      const { [id]: _ticker, ...tickers } = state.tickers;
      const { [id]: _points, ...sparklines } = state.sparklines;
      return { ...state, tickers, sparklines };
    });
  }

  async #loadSparkline(id: InstrumentId): Promise<void> {
    const series = this.#series.get(id);
    const reply = await this.#context.client.request('candles.get', {
      instrumentId: id,
      interval: '1m',
      limit: SPARKLINE_MINUTES,
    });
    if (!reply.ok || series === undefined || this.#series.get(id) !== series) return;
    for (const candle of reply.value.candles) series.backfill(candle.openTime, candle.close);
    const points = series.points();
    this.#queue((state) => ({ ...state, sparklines: { ...state.sparklines, [id]: points } }));
  }
}
