import { channel } from '#contract/channels.ts';
import type { BookChange, Publishable } from '#contract/publications.ts';
import { assertNever } from '#domain/assert.ts';
import { CANDLE_INTERVALS, type Candle, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import type { MarketEvent } from '#domain/market-event.ts';
import { type BookSnapshot, OrderBook } from '#domain/order-book.ts';
import type { Quote } from '#domain/quote.ts';
import type { Ticker } from '#domain/ticker.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { aggregateCandles } from './aggregate-candles.ts';
import { CandleSeries } from './candle-series.ts';
import { DayWindow } from './day-window.ts';
import type { HeldCandle } from './growing-candle.ts';
import type { MarketOutlet, ToldValue } from './market-outlet.ts';
import { candlesOfMissed, type MissedStretch, withMissed } from './missed-trades.ts';

type GapEvent = Extract<MarketEvent, { kind: 'gap' }>;
type BackfillEvent = Extract<MarketEvent, { kind: 'backfill' }>;

/** A market as it stood, with as many of its candles as were asked for. */
export interface SavedMarket {
  readonly candles: ReadonlyMap<CandleInterval, readonly HeldCandle[]>;
  readonly book: BookSnapshot | undefined;
  readonly quote: Quote | null;
  readonly lastTrade: Trade | null;
  readonly gaps: readonly MissedStretch[];
  readonly toldUntil: number;
}

/** Those that may still be backfilled. */
const MOST_GAPS = 100;
/** Of one backfill and interval; a longer one is read from `candles.get`. */
const MOST_PUBLISHED = 500;

/** What is told of a market when somebody is to get it. */
interface ToldMarket {
  readonly ticker: ToldValue;
  readonly candles: ReadonlyMap<CandleInterval, ToldValue>;
}

/** All that is known of one instrument's market, kept current by its feed's events. */
export class InstrumentMarket {
  readonly instrumentId: InstrumentId;
  readonly book: OrderBook;
  readonly #outlet: MarketOutlet | null;
  /** Of the intervals that are kept. */
  readonly #series: ReadonlyMap<CandleInterval, CandleSeries>;
  /** The same, for the way of every trade. */
  readonly #allSeries: readonly CandleSeries[];
  /** From the first event on that tells of a price. */
  #told: ToldMarket | null = null;
  readonly #minutes: CandleSeries;
  readonly #day = new DayWindow();
  #lastTrade: Trade | null = null;
  #quote: Quote | null = null;
  #beginnings = 0;
  #gaps: MissedStretch[] = [];
  /** The candles that were told, and not made of trades, end here; 0 where there are none. */
  #toldUntil = 0;

  constructor(
    instrumentId: InstrumentId,
    outlet: MarketOutlet | null,
    intervals: readonly CandleInterval[] = CANDLE_INTERVALS,
  ) {
    this.instrumentId = instrumentId;
    this.book = new OrderBook(instrumentId);
    this.#outlet = outlet;
    this.#series = new Map(intervals.map((interval) => [interval, new CandleSeries(interval)]));
    this.#allSeries = [...this.#series.values()];
    this.#minutes = this.#series.get('1m') ?? new CandleSeries('1m');
  }

  get lastTrade(): Trade | null {
    return this.#lastTrade;
  }

  /** How often it began anew: what was asked for before is not for this market any more. */
  get beginnings(): number {
    return this.#beginnings;
  }

  get quote(): Quote | null {
    return this.#quote;
  }

  apply(event: MarketEvent): void {
    switch (event.kind) {
      case 'trade':
        this.#applyTrade(event.trade);
        break;
      case 'quote':
        this.#quote = event.quote;
        this.#tellTicker();
        break;
      case 'bookSnapshot':
        this.book.applySnapshot(event.snapshot);
        this.#publishBook({ ...event.snapshot, kind: 'snapshot' });
        break;
      case 'bookDelta':
        if (!this.book.applyDelta(event.delta)) break;
        if (this.#quote && (this.book.depth('buy') === 0 || this.book.depth('sell') === 0)) {
          this.#quote = null;
          this.#tellTicker();
        }
        this.#publishBook({ ...event.delta, kind: 'delta' });
        break;
      case 'bookLost':
        this.#quote = null;
        this.#loseBook();
        break;
      case 'liquidation':
        this.#outlet?.publish({ of: 'liquidation', liquidation: event.liquidation });
        break;
      case 'gap':
        this.#applyGap(event);
        break;
      case 'backfill':
        this.#applyBackfill(event);
        break;
      default:
        assertNever(event);
    }
  }

  /**
   * Fills the past, oldest first: `seconds` for the 1s candles, `minutes` (the last one may be in
   * progress) for all others.
   */
  seed(minutes: readonly Candle[], seconds: readonly Candle[] = []): void {
    const firstMinute = this.#minutes.first?.openTime ?? Number.POSITIVE_INFINITY;
    const past = minutes.filter(({ openTime }) => openTime < firstMinute);
    const whole = (interval: CandleInterval) =>
      withoutBegunBefore(past[0], aggregateCandles(past, interval));
    for (const [interval, series] of this.#series) {
      if (interval === '1s') series.prepend(seconds);
      // Of whole days: `seedDays` brings those before them.
      else if (interval === '1w') series.prependPast(aggregateCandles(whole('1d'), '1w'));
      else series.prependPast(whole(interval));
    }
    // A minute in progress is made of the seconds, and told no further than they are.
    this.#toldUntil = seconds.length > 0 ? endOf(seconds, '1s') : endOf(minutes, '1m');
    this.#day.invalidate();
  }

  /** Puts closed days before those that are known: the week in progress may have begun with them. */
  seedDays(days: readonly Candle[]): void {
    const firstDay = this.#series.get('1d')?.first?.openTime ?? Number.POSITIVE_INFINITY;
    const past = days.filter(({ openTime }) => openTime < firstDay);
    for (const interval of ['1d', '1w'] as const) {
      this.#series.get(interval)?.prependPast(aggregateCandles(past, interval));
    }
  }

  /** Forgets everything: the recording starts over. Whoever shows the book is told that it is gone. */
  reset(): void {
    this.#beginnings++;
    for (const series of this.#allSeries) series.clear();
    this.#day.invalidate();
    this.#lastTrade = null;
    this.#quote = null;
    this.#gaps = [];
    this.#toldUntil = 0;
    this.#loseBook();
  }

  save(candleCount: number): SavedMarket {
    const saved = (series: CandleSeries) => [series.interval, series.save(candleCount)] as const;
    return {
      candles: new Map(this.#allSeries.map(saved)),
      book: this.book.snapshot(),
      ...{ quote: this.#quote, lastTrade: this.#lastTrade, toldUntil: this.#toldUntil },
      gaps: this.#gaps.map((gap) => ({ ...gap })),
    };
  }

  /** Goes on from there; nobody is told. Of one that has seen nothing yet. */
  resume({ candles, book, quote, lastTrade, gaps, toldUntil }: SavedMarket): void {
    for (const [interval, held] of candles) this.#series.get(interval)?.resume(held);
    if (book) this.book.applySnapshot(book);
    this.#quote = quote;
    this.#lastTrade = lastTrade;
    this.#toldUntil = toldUntil;
    this.#gaps = gaps.map((gap) => ({ ...gap }));
  }

  candles(interval: CandleInterval, limit: number, before?: EpochMs): readonly Candle[] {
    return this.#series.get(interval)?.list(limit, before) ?? [];
  }

  /** Null until a trade was seen: a ticker without a price would be an invented one. */
  ticker(): Ticker | null {
    const trade = this.#lastTrade;
    const minute = this.#minutes.last;
    if (!trade || !minute) return null;
    const closed = (fromTime: number, toTime: number) =>
      this.#minutes.pastStatistics(fromTime, toTime);
    const day = this.#day.statistics(closed, minute);
    return {
      instrumentId: this.instrumentId,
      lastPrice: trade.price,
      bidPrice: this.#quote?.bidPrice ?? null,
      askPrice: this.#quote?.askPrice ?? null,
      volume: day.volume,
      changePercent: percentFrom(day.openPrice, trade.price),
      highPrice: day.highPrice,
      lowPrice: day.lowPrice,
      eventTime: trade.eventTime,
    };
  }

  #applyTrade(trade: Trade): void {
    // An exchange may print out of order: only the newest print tells the price.
    const isNewest = !this.#lastTrade || trade.eventTime >= this.#lastTrade.eventTime;
    if (isNewest) this.#lastTrade = trade;
    if (isNewest && this.#gaps.at(-1)?.tradeAfter === null) {
      for (const gap of this.#gaps) gap.tradeAfter ??= trade.eventTime;
    }
    this.#outlet?.publish({ of: 'trade', trade });
    if (this.#allSeries.length === 0) return;
    for (const series of this.#allSeries) {
      const changed = series.add(trade);
      if (changed === 'grew') {
        this.#tellCurrent(series);
        continue;
      }
      if (series === this.#minutes) this.#day.invalidate();
      this.#tellCandles(series, changed);
    }
    this.#tellTicker();
  }

  #applyGap({ fromTime, toTime }: GapEvent): void {
    // What lies before the first trade is history: only what comes after its end is missing.
    const tradeBefore = this.#lastTrade?.eventTime ?? null;
    this.#gaps.push({ fromTime, toTime, tradeBefore, tradeAfter: null });
    if (this.#gaps.length > MOST_GAPS) this.#gaps.shift();
  }

  /**
   * Puts the trades of an outage where they belong. The last price stays what it is: they are not
   * news. A market that began anew since then has them from its history already.
   */
  #applyBackfill({ fromTime, toTime, trades }: BackfillEvent): void {
    const stretch = this.#gaps.find((gap) => gap.fromTime === fromTime && gap.toTime === toTime);
    if (!stretch || trades.length === 0) return;
    this.#gaps = this.#gaps.filter((gap) => gap !== stretch);
    const untold = trades.filter(({ eventTime }) => eventTime >= this.#toldUntil);
    const tradeBefore = stretch.tradeBefore ?? ((this.#toldUntil - 1) as EpochMs);
    const seconds = candlesOfMissed(untold, '1s');
    for (const [interval, series] of this.#series) {
      const missed = aggregateCandles(seconds, interval);
      const join = (known: Candle, more: Candle) =>
        withMissed(known, more, interval, { ...stretch, tradeBefore });
      this.#tellCandles(series, series.insert(missed, join).slice(-MOST_PUBLISHED));
    }
    this.#day.invalidate();
    this.#tellTicker();
  }

  /** The candle in progress is told when somebody is to get it; any other is told once, so at once. */
  #tellCandles(series: CandleSeries, changed: readonly Candle[]): void {
    if (!this.#outlet || changed.length === 0) return;
    const { instrumentId } = this;
    const { interval, last } = series;
    for (const candle of changed) {
      if (candle !== last) this.#outlet.publish({ of: 'candle', instrumentId, interval, candle });
    }
    // Also after a late one: a subscriber starts from what was published last.
    this.#tellCurrent(series);
  }

  #tellCurrent({ interval }: CandleSeries): void {
    if (this.#outlet) this.#toldBy(this.#outlet).candles.get(interval)?.changed();
  }

  #tellTicker(): void {
    if (this.#outlet) this.#toldBy(this.#outlet).ticker.changed();
  }

  #toldBy(outlet: MarketOutlet): ToldMarket {
    this.#told ??= this.#supplyTo(outlet);
    return this.#told;
  }

  #supplyTo(outlet: MarketOutlet): ToldMarket {
    return {
      ticker: outlet.supply(channel.ticker(this.instrumentId), () => this.#tickerItem()),
      candles: new Map(
        this.#allSeries.map((series) => [
          series.interval,
          outlet.supply(channel.candles(this.instrumentId, series.interval), () =>
            this.#candleItem(series),
          ),
        ]),
      ),
    };
  }

  #tickerItem(): Publishable | null {
    const ticker = this.ticker();
    return ticker && { of: 'ticker', ticker };
  }

  #candleItem({ interval, last }: CandleSeries): Publishable | null {
    return last ? { of: 'candle', instrumentId: this.instrumentId, interval, candle: last } : null;
  }

  /** A line that drops takes no book from who had none. */
  #loseBook(): void {
    if (!this.book.isReady) return;
    this.book.clear();
    this.#publishBook({ kind: 'lost', bids: [], asks: [], sequence: null });
  }

  #publishBook(change: Omit<BookChange, 'instrumentId'>): void {
    const { kind, bids, asks, sequence } = change;
    this.#outlet?.publish({
      of: 'book',
      change: { instrumentId: this.instrumentId, kind, bids, asks, sequence },
    });
  }
}

/**
 * A candle that began before the first of its minutes lacks its beginning: whoever asks gets it whole,
 * as the exchange tells it. The only one is kept, being in progress.
 */
const withoutBegunBefore = (
  firstMinute: Candle | undefined,
  candles: readonly Candle[],
): readonly Candle[] => {
  const [first, second] = candles;
  const isCut = first && firstMinute && first.openTime < firstMinute.openTime;
  return isCut && second ? candles.slice(1) : candles;
};

const endOf = (candles: readonly Candle[], interval: CandleInterval): number => {
  const last = candles.at(-1);
  return last ? last.openTime + INTERVAL_MS[interval] : 0;
};

/** Upwards is more, also from a price below zero. */
const percentFrom = (from: number, to: number): number =>
  from === 0 ? 0 : ((to - from) / Math.abs(from)) * 100;
