import type { WireTrade } from '#contract/model.ts';
import { RunningMedian } from './running-median.ts';
import {
  type TapeEntry,
  type TapeHit,
  type TapePrint,
  timeOf,
  type WireLiquidation,
} from './tape-entry.ts';
import { DEFAULT_TAPE_PREFERENCES, type TapeRules } from './tape-preferences.ts';

const TAPE_CAPACITY = 1_000;
const MEDIAN_OF = 501;
/** Below this many trades the median says nothing yet. */
const MEDIAN_FROM = 20;

/** The row that the next print may still join. */
interface OpenRow {
  readonly startTime: number;
  print: TapePrint;
  /** It is large enough to be shown. */
  isShown: boolean;
}

/**
 * The last rows, newest at index 0 of what is shown. While paused, what is shown stands still and the
 * newer trades are counted.
 */
export class TapeRing {
  readonly #rules: TapeRules;
  readonly #capacity: number;
  readonly #median = new RunningMedian(MEDIAN_OF);
  readonly #slots: TapeEntry[] = [];
  #open: OpenRow | null = null;
  #next = 0;
  #gapCount = 0;
  #frozen: readonly TapeEntry[] | null = null;
  #pending = 0;

  constructor(rules: TapeRules = DEFAULT_TAPE_PREFERENCES, capacity = TAPE_CAPACITY) {
    this.#rules = rules;
    this.#capacity = capacity;
  }

  /** How many entries are shown. */
  get length(): number {
    return this.#frozen?.length ?? this.#slots.length;
  }

  /** Trades that arrived since the pause, as far as they are shown. */
  get pending(): number {
    return this.#pending;
  }

  get isPaused(): boolean {
    return this.#frozen !== null;
  }

  /** The `index`-th newest of what is shown. */
  at(index: number): TapeEntry | undefined {
    return this.#frozen === null ? this.#newest(index) : this.#frozen[index];
  }

  /** Oldest first, as pushed. Answers the largest row that came to its level by them; null: none. */
  addTrades(trades: readonly WireTrade[]): TapeHit | null {
    let hit: TapeHit | null = null;
    for (const trade of trades) {
      if (!Number.isFinite(trade.price) || !Number.isFinite(trade.size)) continue;
      const before = this.#open;
      const known = before !== null && this.#joins(before, trade) ? before : null;
      const levelBefore = known?.isShown ? known.print.level : -1;
      const row = this.#take(trade, known);
      this.#median.push(trade.size);
      if (!row.isShown) continue;
      if (this.isPaused) this.#pending++;
      const { level } = row.print;
      if (level > levelBefore && level >= (hit?.level ?? 0)) {
        hit = { kind: 'trade', level, side: trade.side };
      }
    }
    return hit;
  }

  /** To its place in time. Null: it is too small, or none are to be shown. */
  addLiquidation(liquidation: WireLiquidation): TapeHit | null {
    if (this.#rules.liquidations === 'hidden') return null;
    const { side } = liquidation;
    const measured = this.#measured(liquidation);
    if (measured !== null && measured < this.#rules.hideBelow) return null;
    const level = this.#levelOf(measured);
    this.#put({ kind: 'liquidation', liquidation, level });
    this.#sinkNewest(liquidation.eventTime);
    if (this.isPaused) this.#pending++;
    return { kind: 'liquidation', level, side };
  }

  /** They are told anew. */
  dropLiquidations(): void {
    const kept = Array.from(this.#slots, (_, index) => this.#newest(index))
      .filter((entry) => entry !== undefined && entry.kind !== 'liquidation')
      .reverse();
    if (kept.length === this.#slots.length) return;
    this.#slots.length = 0;
    this.#next = 0;
    for (const entry of kept) if (entry !== undefined) this.#put(entry);
  }

  /** Nothing where the tape is empty or a gap is the newest entry already. */
  addGap(missed: number | null): void {
    this.#open = null;
    const newest = this.#newest(0);
    if (newest === undefined || newest.kind === 'gap') return;
    this.#putGap(missed);
  }

  pause(): void {
    if (this.#frozen !== null) return;
    this.#frozen = Array.from(this.#slots, (_, index) => this.#newest(index)).filter(
      (entry) => entry !== undefined,
    );
  }

  resume(): void {
    this.#frozen = null;
    this.#pending = 0;
  }

  /** Begins anew: what follows does not join what was. A pause goes on. */
  restart(): void {
    const hadTrades = this.#slots.length > 0;
    this.#slots.length = 0;
    this.#next = 0;
    this.#open = null;
    this.#median.clear();
    if (hadTrades) this.#putGap(null);
  }

  /** A trade into the row that it joins, or into one of its own. */
  #take(trade: WireTrade, known: OpenRow | null): OpenRow {
    const size = (known?.print.trade.size ?? 0) + trade.size;
    const whole = known === null ? trade : { ...trade, size: size as WireTrade['size'] };
    const measured = this.#measured(whole);
    const print: TapePrint = {
      kind: 'trade',
      trade: whole,
      count: (known?.print.count ?? 0) + 1,
      level: this.#levelOf(measured),
    };
    // While nobody knows what is usual nothing is hidden for being less than that.
    const isLarge =
      this.#rules.liquidations !== 'only' &&
      (measured === null || measured >= this.#rules.hideBelow);
    const row = known ?? { startTime: trade.timestamp, print, isShown: false };
    row.print = print;
    if (row.isShown) this.#replaceNewest(print);
    else if (isLarge) this.#put(print);
    row.isShown ||= isLarge;
    this.#open = row;
    return row;
  }

  #joins({ startTime, print: { trade: last } }: OpenRow, trade: WireTrade): boolean {
    const { aggregation, windowMs } = this.#rules;
    if (aggregation === 'off' || last.side !== trade.side) return false;
    if (aggregation === 'price' && last.price !== trade.price) return false;
    return Math.abs(trade.timestamp - startTime) <= windowMs;
  }

  /** A size in the user's unit; null while that is not known. */
  #measured({ price, size }: Pick<WireTrade, 'price' | 'size'>): number | null {
    switch (this.#rules.unit) {
      case 'base':
        return size;
      case 'quote':
        return size * Math.abs(price);
      case 'median':
        return this.#median.count < MEDIAN_FROM ? null : size / (this.#median.value || 1);
    }
  }

  #levelOf(measured: number | null): number {
    if (measured === null) return 0;
    return this.#rules.levels.filter(({ from }) => measured >= from).length;
  }

  #put(entry: TapeEntry): void {
    this.#slots[this.#next] = entry;
    this.#next = (this.#next + 1) % this.#capacity;
  }

  #replaceNewest(entry: TapeEntry): void {
    this.#slots[this.#slotOf(0)] = entry;
  }

  /** Lets the newest entry go down to where it belongs, below those that happened later. */
  #sinkNewest(time: number): void {
    let index = 0;
    for (; index + 1 < this.#slots.length; index++) {
      const upper = this.#newest(index);
      const lower = this.#newest(index + 1);
      if (upper === undefined || lower === undefined || timeOf(lower) <= time) break;
      this.#slots[this.#slotOf(index)] = lower;
      this.#slots[this.#slotOf(index + 1)] = upper;
    }
    // What is newest now is the row that goes on, or something that ends it.
    if (index === 0) this.#open = null;
  }

  /** Where the `index`-th newest entry is. */
  #slotOf(index: number): number {
    return (this.#next - 1 - index + 2 * this.#capacity) % this.#capacity;
  }

  #putGap(missed: number | null): void {
    this.#gapCount++;
    this.#put({ kind: 'gap', id: `gap-${this.#gapCount}`, missed });
  }

  #newest(index: number): TapeEntry | undefined {
    if (index >= this.#slots.length) return undefined;
    return this.#slots[this.#slotOf(index)];
  }
}
