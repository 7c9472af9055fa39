import { type Candle, type CandleInterval, candleOpenTime } from '#domain/candle.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { aggregateCandles } from './aggregate-candles.ts';
import { extend, GrowingCandle, type HeldCandle } from './growing-candle.ts';
import { HeldCandles, type StretchStatistics } from './held-candles.ts';

/** As many as one request may ask for. */
const RETAINED = 5_000;

function opened({ price, size, aggressorSide, eventTime }: Trade, openTime: EpochMs): HeldCandle {
  const candle: Candle = {
    openTime,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: size,
    buyVolume: aggressorSide === 'buy' ? size : 0,
    tradeCount: 1,
    isClosed: false,
  };
  return { candle, openedAt: eventTime, closedAt: eventTime };
}

/** A candle that somebody else made: nothing opens it anew, and only the newest may go on. */
const told = (candle: Candle, isFollowed: boolean): HeldCandle => ({
  candle,
  openedAt: candle.openTime,
  closedAt: isFollowed ? Number.POSITIVE_INFINITY : candle.openTime,
});

const closed = (candle: Candle): Candle => ({ ...candle, isClosed: true });

/**
 * The candles of one instrument and interval, oldest first, built from trades. Only the last one is
 * open; it closes when a trade of a later interval arrives. An interval without a trade has no candle.
 *
 * Those before the last are kept as numbers, 81 bytes each: the newest `retained` or up to twice as many, since
 * they are cut by halves. A market's series of 10,000 takes 0.8 MB then, and never more.
 */
export class CandleSeries {
  readonly interval: CandleInterval;
  readonly #retained: number;
  readonly #past = new HeldCandles();
  #last: HeldCandle | null = null;
  /** The last one, as far as nobody has asked for it. */
  readonly #growing = new GrowingCandle();

  constructor(interval: CandleInterval, retained = RETAINED) {
    this.interval = interval;
    this.#retained = retained;
  }

  get first(): Candle | undefined {
    return this.#past.candle(0) ?? this.last;
  }

  get last(): Candle | undefined {
    return this.#settled()?.candle;
  }

  /**
   * Returns the candles that the trade changed, oldest first: none, one, or a closed and a new one;
   * `grew` where that is the one in progress alone, which is made when it is asked for.
   */
  add(trade: Trade): readonly Candle[] | 'grew' {
    const openTime = candleOpenTime(trade.eventTime, this.interval);
    if (this.#last?.candle.openTime === openTime) {
      this.#growing.add(this.#last, trade);
      return 'grew';
    }
    const last = this.#settled();
    if (last && openTime < last.candle.openTime) return this.#addLate(trade, openTime);
    const next = opened(trade, openTime);
    this.#last = next;
    if (!last) return [next.candle];
    // Nothing has continued it: it is as it was told, to its end.
    if (last.candle.isClosed) last.closedAt = Number.POSITIVE_INFINITY;
    last.candle = closed(last.candle);
    this.#past.push(last);
    if (this.#length > 2 * this.#retained) this.#keepNewest(this.#retained);
    return [last.candle, next.candle];
  }

  /** Puts history in front: only candles older than what is already here are taken. */
  prepend(history: readonly Candle[]): void {
    const { first } = this;
    const older = first ? history.filter((candle) => candle.openTime < first.openTime) : history;
    const newest = first ? undefined : older.at(-1);
    const past = older.map((candle) => told(candle, candle !== newest));
    this.#append([...past, ...this.#cutFrom(0)]);
    this.#keepNewest(this.#retained);
  }

  /**
   * Puts a past in front that ends where the first candle begins to be known: where they share an
   * interval, the candle is made of both.
   */
  prependPast(past: readonly Candle[]): void {
    const first = this.#past.held(0) ?? this.#settled();
    const last = past.at(-1);
    if (first && last?.openTime === first.candle.openTime) {
      const [joined = last] = aggregateCandles([last, first.candle], this.interval);
      first.candle = { ...joined, isClosed: first.candle.isClosed };
      first.openedAt = joined.openTime;
      if (first !== this.#last) this.#past.put(0, first);
    }
    this.prepend(past);
  }

  /**
   * Takes in candles of missed trades (oldest first, closed), each alone or joined with the one that
   * is there. Returns what changed, oldest first.
   */
  insert(
    missed: readonly Candle[],
    join: (known: Candle, missed: Candle) => Candle,
  ): readonly Candle[] {
    const [oldest] = missed;
    const newest = missed.at(-1);
    if (!oldest || !newest) return [];
    const changed: Candle[] = [];
    const last = this.#settled();
    const isAhead = !last || newest.openTime > last.candle.openTime;
    if (isAhead && last && !last.candle.isClosed) {
      last.candle = closed(last.candle);
      const isJoined = missed.some(({ openTime }) => openTime === last.candle.openTime);
      if (!isJoined) changed.push(last.candle);
    }
    const after = this.#cutFrom(this.#firstSince(oldest.openTime));
    const merged: HeldCandle[] = [];
    let index = 0;
    for (const candle of missed) {
      let known = after[index];
      for (; known && known.candle.openTime < candle.openTime; known = after[++index]) {
        merged.push(known);
      }
      const isOpen = candle === newest && isAhead;
      let held = told(isOpen ? { ...candle, isClosed: false } : candle, !isOpen);
      if (known?.candle.openTime === candle.openTime) {
        const joined = join(known.candle, candle);
        if (joined.open !== known.candle.open) known.openedAt = candle.openTime;
        known.candle = joined;
        held = known;
        index++;
      }
      merged.push(held);
      changed.push(held.candle);
    }
    this.#append([...merged, ...after.slice(index)]);
    this.#keepNewest(2 * this.#retained);
    return changed;
  }

  /** The newest `count`, oldest first, as they stand. */
  save(count: number): readonly HeldCandle[] {
    const last = this.#settled();
    if (!last) return [];
    const saved: HeldCandle[] = [];
    for (let index = Math.max(0, this.#length - count); index < this.#past.length; index++) {
      const held = this.#past.held(index);
      if (held) saved.push(held);
    }
    return [...saved, { ...last }];
  }

  /** Goes on from there, with nothing before it. */
  resume(saved: readonly HeldCandle[]): void {
    this.clear();
    this.#append(saved.map((held) => ({ ...held })));
  }

  clear(): void {
    this.#past.clear();
    this.#last = null;
    this.#growing.forget();
  }

  /** The newest `limit` candles, oldest first; with `before`, of those that opened before it. */
  list(limit: number, before?: EpochMs): readonly Candle[] {
    const last = this.#settled();
    const end = before === undefined ? this.#length : this.#firstSince(before);
    const listed = this.#past.list(Math.max(0, end - limit), end);
    if (last && limit > 0 && end > this.#past.length) listed.push(last.candle);
    return listed;
  }

  /** Those that opened at `fromTime` or later, and before `toTime`. */
  between(fromTime: EpochMs, toTime: EpochMs): readonly Candle[] {
    const limit = this.#firstSince(toTime) - this.#firstSince(fromTime);
    return this.list(Math.max(0, limit), toTime);
  }

  /** Of those that opened in the stretch, without the last; null where there are none. */
  pastStatistics(fromTime: number, toTime: number): StretchStatistics | null {
    return this.#past.statistics(fromTime, toTime);
  }

  get #length(): number {
    return this.#past.length + (this.#last ? 1 : 0);
  }

  #settled(): HeldCandle | null {
    if (this.#last) this.#growing.settle(this.#last);
    return this.#last;
  }

  /** A trade of an interval that a later one has followed already. */
  #addLate(trade: Trade, openTime: EpochMs): readonly Candle[] {
    const index = this.#past.firstSince(openTime);
    const held = this.#past.held(index);
    if (held?.candle.openTime === openTime) {
      extend(held, trade, true);
      this.#past.put(index, held);
      return [held.candle];
    }
    // What is older than all that is here may be long forgotten, and would come out a part of itself.
    if (index === 0) return [];
    const alone = opened(trade, openTime);
    alone.candle = closed(alone.candle);
    this.#past.insert(index, alone);
    this.#keepNewest(2 * this.#retained);
    return [alone.candle];
  }

  /** Those are newer than all that are here. */
  #append(candles: readonly HeldCandle[]): void {
    for (const held of candles) {
      if (this.#last) this.#past.push(this.#last);
      this.#last = held;
    }
  }

  /** Takes out those from `index` on. */
  #cutFrom(index: number): readonly HeldCandle[] {
    const last = this.#settled();
    if (!last || index > this.#past.length) return [];
    this.#last = null;
    return [...this.#past.cutFrom(index), last];
  }

  #keepNewest(count: number): void {
    this.#past.keepNewest(count - 1);
  }

  /** First index whose candle opened at or after `time`. */
  #firstSince(time: EpochMs): number {
    const index = this.#past.firstSince(time);
    const isLastBefore = this.#last && this.#last.candle.openTime < time;
    return isLastBefore ? this.#length : index;
  }
}
