import { type Candle, type CandleInterval, candleOpenTime } from '#domain/candle.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { aggregateCandles } from './aggregate-candles.ts';
import { extend, GrowingCandle, type HeldCandle } from './growing-candle.ts';

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
 */
export class CandleSeries {
  readonly interval: CandleInterval;
  #held: HeldCandle[] = [];
  /** The last one, as far as nobody has asked for it. */
  readonly #growing = new GrowingCandle();

  constructor(interval: CandleInterval) {
    this.interval = interval;
  }

  get first(): Candle | undefined {
    this.#settle();
    return this.#held[0]?.candle;
  }

  get last(): Candle | undefined {
    this.#settle();
    return this.#held[this.#held.length - 1]?.candle;
  }

  /**
   * Returns the candles that the trade changed, oldest first: none, one, or a closed and a new one;
   * `grew` where that is the one in progress alone, which is made when it is asked for.
   */
  add(trade: Trade): readonly Candle[] | 'grew' {
    const openTime = candleOpenTime(trade.eventTime, this.interval);
    const last = this.#held[this.#held.length - 1];
    if (last?.candle.openTime === openTime) {
      this.#growing.add(last, trade);
      return 'grew';
    }
    this.#settle();
    if (last && openTime < last.candle.openTime) return this.#addLate(trade, openTime);
    const next = opened(trade, openTime);
    this.#held.push(next);
    // Trimmed by halves, so that the cost of moving the array is paid seldom.
    if (this.#held.length > 2 * RETAINED) this.#held = this.#held.slice(-RETAINED);
    if (!last) return [next.candle];
    // Nothing has continued it: it is as it was told, to its end.
    if (last.candle.isClosed) last.closedAt = Number.POSITIVE_INFINITY;
    last.candle = closed(last.candle);
    return [last.candle, next.candle];
  }

  /** Puts history in front: only candles older than what is already here are taken. */
  prepend(history: readonly Candle[]): void {
    this.#settle();
    const { first } = this;
    const older = first ? history.filter((candle) => candle.openTime < first.openTime) : history;
    const newest = first ? undefined : older.at(-1);
    const past = older.map((candle) => told(candle, candle !== newest));
    this.#held = [...past, ...this.#held].slice(-RETAINED);
  }

  /**
   * Puts a past in front that ends where the first candle begins to be known: where they share an
   * interval, the candle is made of both.
   */
  prependPast(past: readonly Candle[]): void {
    this.#settle();
    const first = this.#held[0];
    const last = past.at(-1);
    if (first && last?.openTime === first.candle.openTime) {
      const [joined = last] = aggregateCandles([last, first.candle], this.interval);
      first.candle = { ...joined, isClosed: first.candle.isClosed };
      first.openedAt = joined.openTime;
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
    const newest = missed.at(-1);
    if (!newest) return [];
    this.#settle();
    const changed: Candle[] = [];
    const last = this.#held.at(-1);
    const isAhead = !last || newest.openTime > last.candle.openTime;
    if (isAhead && last && !last.candle.isClosed) {
      last.candle = closed(last.candle);
      const isJoined = missed.some(({ openTime }) => openTime === last.candle.openTime);
      if (!isJoined) changed.push(last.candle);
    }
    const merged: HeldCandle[] = [];
    let index = 0;
    for (const candle of missed) {
      let known = this.#held[index];
      for (; known && known.candle.openTime < candle.openTime; known = this.#held[++index]) {
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
    this.#held = merged.concat(this.#held.slice(index)).slice(-2 * RETAINED);
    return changed;
  }

  /** The newest `count`, oldest first, as they stand. */
  save(count: number): readonly HeldCandle[] {
    this.#settle();
    return this.#held.slice(-count).map((held) => ({ ...held }));
  }

  /** Goes on from there, with nothing before it. */
  resume(saved: readonly HeldCandle[]): void {
    this.#held = saved.map((held) => ({ ...held }));
    this.#growing.forget();
  }

  clear(): void {
    this.#held = [];
    this.#growing.forget();
  }

  /** The newest `limit` candles, oldest first; with `before`, of those that opened before it. */
  list(limit: number, before?: EpochMs): readonly Candle[] {
    this.#settle();
    const end = before === undefined ? this.#held.length : this.#indexOf(before);
    return this.#held.slice(Math.max(0, end - limit), end).map(({ candle }) => candle);
  }

  #settle(): void {
    const last = this.#held[this.#held.length - 1];
    if (last) this.#growing.settle(last);
  }

  /** A trade of an interval that a later one has followed already. */
  #addLate(trade: Trade, openTime: EpochMs): readonly Candle[] {
    const index = this.#indexOf(openTime);
    const held = this.#held[index];
    if (held?.candle.openTime === openTime) {
      extend(held, trade, true);
      return [held.candle];
    }
    // What is older than all that is here may be long forgotten, and would come out a part of itself.
    if (index === 0) return [];
    const alone = opened(trade, openTime);
    alone.candle = closed(alone.candle);
    this.#held.splice(index, 0, alone);
    return [alone.candle];
  }

  /** First index whose candle opened at or after `time`. */
  #indexOf(time: EpochMs): number {
    let low = 0;
    let high = this.#held.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#held[middle]?.candle.openTime ?? time) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
