import { type Candle, type CandleInterval, candleOpenTime } from '#domain/candle.ts';
import type { Trade } from '#domain/trade.ts';
import { type EpochMs, higherOf, lowerOf } from '#domain/units.ts';

const RETAINED = 5_000;

function opened(trade: Trade, openTime: EpochMs): Candle {
  return {
    openTime,
    open: trade.price,
    high: trade.price,
    low: trade.price,
    close: trade.price,
    volume: trade.size,
    buyVolume: trade.aggressorSide === 'buy' ? trade.size : 0,
    tradeCount: 1,
    isClosed: false,
  };
}

/** `isLate`: the trade belongs to a candle that a later one has already followed. */
function extended(candle: Candle, trade: Trade, isLate: boolean): Candle {
  return {
    ...candle,
    high: higherOf(trade.price, candle.high),
    low: lowerOf(trade.price, candle.low),
    close: isLate ? candle.close : trade.price,
    volume: candle.volume + trade.size,
    buyVolume: candle.buyVolume + (trade.aggressorSide === 'buy' ? trade.size : 0),
    tradeCount: candle.tradeCount + 1,
    // History ends with a candle that says closed, and that the first live trade may reopen.
    isClosed: isLate && candle.isClosed,
  };
}

/**
 * The candles of one instrument and interval, oldest first, built from trades. Only the last one is
 * open; it closes when a trade of a later interval arrives. An interval without a trade has no candle.
 */
export class CandleSeries {
  readonly interval: CandleInterval;
  #candles: Candle[] = [];

  constructor(interval: CandleInterval) {
    this.interval = interval;
  }

  get first(): Candle | undefined {
    return this.#candles[0];
  }

  get last(): Candle | undefined {
    return this.#candles.at(-1);
  }

  /** Returns the candles that the trade changed, oldest first: none, one, or a closed and a new one. */
  add(trade: Trade): readonly Candle[] {
    const openTime = candleOpenTime(trade.eventTime, this.interval);
    const last = this.last;
    if (last && openTime < last.openTime) return this.#addLate(trade, openTime);
    if (last?.openTime === openTime) {
      const candle = extended(last, trade, false);
      this.#candles[this.#candles.length - 1] = candle;
      return [candle];
    }
    const candle = opened(trade, openTime);
    const closed = last && { ...last, isClosed: true };
    if (closed) this.#candles[this.#candles.length - 1] = closed;
    this.#candles.push(candle);
    // Trimmed by halves, so that the cost of moving the array is paid seldom.
    if (this.#candles.length > 2 * RETAINED) this.#candles = this.#candles.slice(-RETAINED);
    return closed ? [closed, candle] : [candle];
  }

  /** Puts history in front: only candles older than what is already here are taken. */
  prepend(history: readonly Candle[]): void {
    const first = this.#candles[0];
    const older = first ? history.filter((candle) => candle.openTime < first.openTime) : history;
    this.#candles = [...older, ...this.#candles].slice(-RETAINED);
  }

  /**
   * Puts a past in front that ends where the first candle begins to be known: where they share an
   * interval, the candle is made of both.
   */
  prependPast(past: readonly Candle[]): void {
    const first = this.#candles[0];
    const last = past.at(-1);
    if (first && last?.openTime === first.openTime) {
      const [joined = first] = aggregateCandles([last, first], this.interval);
      this.#candles[0] = { ...joined, isClosed: first.isClosed };
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
    const changed: Candle[] = [];
    const last = this.last;
    const isAhead = !last || newest.openTime > last.openTime;
    if (isAhead && last && !last.isClosed) {
      const closed = { ...last, isClosed: true };
      this.#candles[this.#candles.length - 1] = closed;
      if (!missed.some(({ openTime }) => openTime === last.openTime)) changed.push(closed);
    }
    const merged: Candle[] = [];
    let index = 0;
    for (const candle of missed) {
      let known = this.#candles[index];
      for (; known && known.openTime < candle.openTime; known = this.#candles[++index]) {
        merged.push(known);
      }
      const isKnown = known?.openTime === candle.openTime;
      if (isKnown) index++;
      const taken = known && isKnown ? join(known, candle) : candle;
      merged.push(candle === newest && isAhead ? { ...taken, isClosed: false } : taken);
      changed.push(...merged.slice(-1));
    }
    this.#candles = merged.concat(this.#candles.slice(index)).slice(-2 * RETAINED);
    return changed;
  }

  clear(): void {
    this.#candles = [];
  }

  /** The newest `limit` candles, oldest first; with `before`, of those that opened before it. */
  list(limit: number, before?: EpochMs): readonly Candle[] {
    const end = before === undefined ? this.#candles.length : this.#indexOf(before);
    return this.#candles.slice(Math.max(0, end - limit), end);
  }

  #addLate(trade: Trade, openTime: EpochMs): readonly Candle[] {
    const index = this.#indexOf(openTime);
    const candle = this.#candles[index];
    if (candle?.openTime !== openTime) return [];
    const changed = extended(candle, trade, true);
    this.#candles[index] = changed;
    return [changed];
  }

  /** First index whose candle opened at or after `time`. */
  #indexOf(time: EpochMs): number {
    let low = 0;
    let high = this.#candles.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#candles[middle]?.openTime ?? time) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Merges finer candles (oldest first) into those of a coarser interval. All come out closed. */
export function aggregateCandles(
  candles: readonly Candle[],
  interval: CandleInterval,
): readonly Candle[] {
  const merged: Candle[] = [];
  for (const candle of candles) {
    const openTime = candleOpenTime(candle.openTime, interval);
    const last = merged.at(-1);
    if (last?.openTime !== openTime) {
      merged.push({ ...candle, openTime, isClosed: true });
      continue;
    }
    merged[merged.length - 1] = {
      ...last,
      high: higherOf(candle.high, last.high),
      low: lowerOf(candle.low, last.low),
      close: candle.close,
      volume: last.volume + candle.volume,
      buyVolume: last.buyVolume + candle.buyVolume,
      tradeCount: last.tradeCount + candle.tradeCount,
    };
  }
  return merged;
}
