import { type Candle, type CandleInterval, INTERVAL_MS } from '#domain/candle.ts';
import type { EpochMs } from '#domain/units.ts';
import { lastIndexAt } from './last-index-at.ts';

/**
 * What one pushed candle did to the history.
 * `amended`, `inserted`: a candle before the last has late or missed trades now, or is there only now.
 * `ignored`: of a time that is not loaded. `restarted`: time went back (a replay began anew), so that nothing of the
 * history can be kept. `rejected`: not a candle.
 */
export type CandleChange =
  | 'appended'
  | 'updated'
  | 'amended'
  | 'inserted'
  | 'ignored'
  | 'restarted'
  | 'rejected';

/** What a loaded batch did: new candles between the others, other values of known ones, or nothing. */
export type BatchChange =
  | { readonly kind: 'inserted' }
  | { readonly kind: 'amended'; readonly candles: readonly Candle[] }
  | { readonly kind: 'none' };

/** The most that is kept; past it the oldest `TRIM_COUNT` go at once. */
export const MAX_CANDLES = 100_000;
const TRIM_COUNT = 2_000;
const FAR_FUTURE = Number.POSITIVE_INFINITY;
/** The same sizes, added up in another order. */
const VOLUME_NOISE = 1e-9;

/** The chart throws on anything else, so nothing else gets near it. */
export function isPlottable(candle: Candle): boolean {
  const { open, high, low, close, volume, buyVolume } = candle;
  const isNumeric = [open, high, low, close, volume, buyVolume ?? 0, candle.openTime].every(
    Number.isFinite,
  );
  return isNumeric && low <= Math.min(open, close) && high >= Math.max(open, close) && volume >= 0;
}

/** The candles of one instrument and interval: ascending, one for each open time. */
export class CandleHistory {
  readonly #intervalMs: number;
  #candles: Candle[] = [];

  constructor(interval: CandleInterval) {
    this.#intervalMs = INTERVAL_MS[interval];
  }

  get candles(): readonly Candle[] {
    return this.#candles;
  }

  get first(): Candle | undefined {
    return this.#candles[0];
  }

  get last(): Candle | undefined {
    return this.#candles.at(-1);
  }

  /**
   * Begins anew from what was loaded and what was pushed while it loaded. Of two states of one
   * candle the later is the one with more trades in it, whichever way it came. A pushed one from
   * before all that was loaded would leave a hole behind it.
   */
  start(loaded: readonly Candle[], pushed: readonly Candle[]): void {
    const byTime = new Map<EpochMs, Candle>();
    const since = loaded.reduce((first, { openTime }) => Math.min(first, openTime), FAR_FUTURE);
    const joined = pushed.filter(({ openTime }) => loaded.length === 0 || openTime >= since);
    for (const candle of [...loaded, ...joined]) {
      if (!isPlottable(candle)) continue;
      const known = byTime.get(candle.openTime);
      if (known === undefined || isLaterState(candle, known)) byTime.set(candle.openTime, candle);
    }
    this.#candles = [...byTime.values()].sort((a, b) => a.openTime - b.openTime);
  }

  apply(candle: Candle): CandleChange {
    if (!isPlottable(candle)) return 'rejected';
    const last = this.last;
    if (last === undefined || candle.openTime > last.openTime) {
      this.#candles.push(candle);
      return 'appended';
    }
    if (candle.openTime === last.openTime) {
      this.#candles[this.#candles.length - 1] = candle;
      return 'updated';
    }
    return this.#applyBeforeLast(candle);
  }

  /** Whether candles may be missing, or be left unfinished, between the last and `next`. */
  isGapBefore(next: Candle): boolean {
    const last = this.last;
    if (last === undefined || next.openTime <= last.openTime) return false;
    return !last.isClosed || next.openTime - last.openTime > this.#intervalMs;
  }

  /** Takes in a batch from the server, older or overlapping; the candle in progress stays ours. */
  merge(batch: readonly Candle[]): BatchChange {
    const indexByTime = new Map(this.#candles.map((candle, index) => [candle.openTime, index]));
    const inserted: Candle[] = [];
    const amended: Candle[] = [];
    for (const candle of batch) {
      if (!isPlottable(candle) || this.#isAfterLast(candle)) continue;
      const index = indexByTime.get(candle.openTime);
      const known = index === undefined ? undefined : this.#candles[index];
      if (index === undefined || known === undefined) inserted.push(candle);
      else if (isLaterState(candle, known)) {
        this.#candles[index] = candle;
        amended.push(candle);
      }
    }
    if (inserted.length > 0) {
      this.#candles = [...this.#candles, ...inserted].sort((a, b) => a.openTime - b.openTime);
      return { kind: 'inserted' };
    }
    return amended.length > 0 ? { kind: 'amended', candles: amended } : { kind: 'none' };
  }

  /** Drops the oldest candles where there are too many; true where it did. */
  trim(): boolean {
    if (this.#candles.length <= MAX_CANDLES) return false;
    this.#candles = this.#candles.slice(TRIM_COUNT);
    return true;
  }

  /** The candle that contains `time`; undefined where none does. */
  at(time: EpochMs): Candle | undefined {
    const candle = this.#candles[this.#lastIndexUpTo(time)];
    return candle !== undefined && time < candle.openTime + this.#intervalMs ? candle : undefined;
  }

  #lastIndexUpTo(time: EpochMs): number {
    return lastIndexAt(this.#candles, time, ({ openTime }) => openTime);
  }

  #isAfterLast(candle: Candle): boolean {
    return this.last !== undefined && candle.openTime > this.last.openTime;
  }

  /**
   * Only the newest candle is ever in progress, and none loses trades: where it seems so, the newest
   * one is there again.
   */
  #applyBeforeLast(candle: Candle): CandleChange {
    if (!candle.isClosed) return 'restarted';
    const index = this.#lastIndexUpTo(candle.openTime);
    const known = this.#candles[index];
    // What lies before the first is loaded when it is looked at.
    if (known === undefined) return 'ignored';
    if (known.openTime !== candle.openTime) {
      this.#candles.splice(index + 1, 0, candle);
      return 'inserted';
    }
    if (growthOf(candle, known) < 0) return 'restarted';
    this.#candles[index] = candle;
    return 'amended';
  }
}

/** Of two states of one candle. */
function isLaterState(candle: Candle, known: Candle): boolean {
  const growth = growthOf(candle, known);
  return growth === 0 ? candle.isClosed && !known.isClosed : growth > 0;
}

/**
 * Positive where `candle` has more in it than `known`, by the first of these that differs: the number
 * of trades, the volume, how far the price went.
 */
function growthOf(candle: Candle, known: Candle): number {
  if (candle.tradeCount !== null && known.tradeCount !== null) {
    return candle.tradeCount - known.tradeCount;
  }
  const volume = candle.volume - known.volume;
  if (Math.abs(volume) > VOLUME_NOISE * known.volume) return volume;
  return candle.high - candle.low - (known.high - known.low);
}
