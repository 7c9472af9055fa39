import { invariant } from '#domain/assert.ts';
import type { Candle } from '#domain/candle.ts';
import { type EpochMs, higherOf, lowerOf, type Price } from '#domain/units.ts';
import { CandleRows, MOST_ROWS } from './candle-rows.ts';
import type { HeldCandle } from './growing-candle.ts';

/** What came of the candles of a stretch together. */
export interface StretchStatistics {
  readonly openPrice: Price;
  readonly highPrice: Price;
  readonly lowPrice: Price;
  readonly volume: number;
}

/**
 * Candles of one interval that are over, oldest first. They are kept as numbers, and made as objects when
 * somebody asks for them: what is given is a copy, and what was changed of it is put back.
 */
export class HeldCandles {
  #length = 0;
  /** All are full, but the newest. */
  readonly #parts: CandleRows[] = [];
  /** So many of the first part's rows are let go. */
  #skipped = 0;

  get length(): number {
    return this.#length;
  }

  /** Of memory that is taken. */
  get bytes(): number {
    return this.#parts.reduce((sum, part) => sum + part.bytes, 0);
  }

  push(held: HeldCandle): void {
    let part = this.#parts[this.#parts.length - 1];
    if (!part || part.isFull) {
      part = new CandleRows();
      this.#parts.push(part);
    }
    part.push(held);
    this.#length++;
  }

  /** Before the one at `index`. As costly as there are ones after it. */
  insert(index: number, held: HeldCandle): void {
    const after = this.cutFrom(index);
    this.push(held);
    for (const one of after) this.push(one);
  }

  put(index: number, held: HeldCandle): void {
    this.#partOf(index).put(this.#rowOf(index), held);
  }

  held(index: number): HeldCandle | undefined {
    return index < this.#length ? this.#partOf(index).held(this.#rowOf(index)) : undefined;
  }

  candle(index: number): Candle | undefined {
    return index < this.#length ? this.#partOf(index).candle(this.#rowOf(index)) : undefined;
  }

  /** Takes out those from `index` on. */
  cutFrom(index: number): HeldCandle[] {
    const taken: HeldCandle[] = [];
    for (let at = index; at < this.#length; at++) {
      taken.push(this.#partOf(at).held(this.#rowOf(at)));
    }
    if (taken.length === 0) return taken;
    const end = this.#skipped + index;
    this.#parts.length = Math.ceil(end / MOST_ROWS);
    this.#parts.at(-1)?.truncate(end - (this.#parts.length - 1) * MOST_ROWS);
    this.#length = index;
    if (index === 0) this.clear();
    return taken;
  }

  /** Lets go of all but the newest `count`. */
  keepNewest(count: number): void {
    const dropped = this.#length - count;
    if (dropped <= 0) return;
    const skipped = this.#skipped + dropped;
    const parts = Math.floor(skipped / MOST_ROWS);
    this.#parts.splice(0, parts);
    this.#skipped = skipped - parts * MOST_ROWS;
    this.#length = count;
  }

  clear(): void {
    this.#parts.length = 0;
    this.#skipped = 0;
    this.#length = 0;
  }

  /** Those from `from` on and before `to`. */
  list(from: number, to: number): Candle[] {
    const listed: Candle[] = [];
    for (let index = from; index < Math.min(to, this.#length); index++) {
      listed.push(this.#partOf(index).candle(this.#rowOf(index)));
    }
    return listed;
  }

  /** Of those that opened at `fromTime` or later, and before `toTime`; null where there are none. */
  statistics(fromTime: number, toTime: number): StretchStatistics | null {
    const from = this.firstSince(fromTime);
    const to = this.firstSince(toTime);
    if (from >= to) return null;
    let highPrice = Number.NEGATIVE_INFINITY as Price;
    let lowPrice = Number.POSITIVE_INFINITY as Price;
    let volume = 0;
    for (let index = from; index < to; index++) {
      const part = this.#partOf(index);
      const row = this.#rowOf(index);
      highPrice = higherOf(highPrice, part.high(row));
      lowPrice = lowerOf(lowPrice, part.low(row));
      volume += part.volume(row);
    }
    return { openPrice: this.#partOf(from).open(this.#rowOf(from)), highPrice, lowPrice, volume };
  }

  /** Index of the first one that opened at `time` or later. */
  firstSince(time: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#openTime(middle) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #openTime(index: number): EpochMs {
    return this.#partOf(index).openTime(this.#rowOf(index));
  }

  #partOf(index: number): CandleRows {
    const part = this.#parts[Math.floor((this.#skipped + index) / MOST_ROWS)];
    invariant(part, 'a candle is looked for among those that are held');
    return part;
  }

  #rowOf(index: number): number {
    return (this.#skipped + index) % MOST_ROWS;
  }
}
