import type { WireTrade } from '#contract/model.ts';
import { RunningMedian } from './running-median.ts';

export type TapeEntry =
  | { readonly kind: 'trade'; readonly trade: WireTrade; readonly emphasis: Emphasis }
  /** Trades are missing here: the consumer fell behind, or the connection was lost. */
  | { readonly kind: 'gap'; readonly id: string; readonly missed: number | null };

/** How a print compares to the usual size at the time it was made. */
export type Emphasis = 'usual' | 'large' | 'huge';

const TAPE_CAPACITY = 1_000;
const MEDIAN_OF = 501;
/** Below this many trades the median says nothing yet. */
const MEDIAN_FROM = 20;
const LARGE_FACTOR = 10;
const HUGE_FACTOR = 50;

/**
 * The last trades, newest at index 0 of what is shown. While paused, what is shown stands still and
 * the newer entries are counted.
 */
export class TapeRing {
  readonly #capacity: number;
  readonly #median = new RunningMedian(MEDIAN_OF);
  readonly #slots: TapeEntry[] = [];
  #next = 0;
  #gapCount = 0;
  #frozen: readonly TapeEntry[] | null = null;
  #pending = 0;

  constructor(capacity = TAPE_CAPACITY) {
    this.#capacity = capacity;
  }

  /** How many entries are shown. */
  get length(): number {
    return this.#frozen?.length ?? this.#slots.length;
  }

  /** Trades that arrived since the pause. */
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

  /** Oldest first, as pushed. */
  addTrades(trades: readonly WireTrade[]): void {
    for (const trade of trades) {
      if (!Number.isFinite(trade.price) || !Number.isFinite(trade.size)) continue;
      this.#put({ kind: 'trade', trade, emphasis: this.#emphasisOf(trade.size) });
      this.#median.push(trade.size);
      if (this.isPaused) this.#pending++;
    }
  }

  /** Nothing where the tape is empty or a gap is the newest entry already. */
  addGap(missed: number | null): void {
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
    this.#median.clear();
    if (hadTrades) this.#putGap(null);
  }

  #put(entry: TapeEntry): void {
    this.#slots[this.#next] = entry;
    this.#next = (this.#next + 1) % this.#capacity;
  }

  #putGap(missed: number | null): void {
    this.#gapCount++;
    this.#put({ kind: 'gap', id: `gap-${this.#gapCount}`, missed });
  }

  #newest(index: number): TapeEntry | undefined {
    if (index >= this.#slots.length) return undefined;
    return this.#slots[(this.#next - 1 - index + 2 * this.#capacity) % this.#capacity];
  }

  #emphasisOf(size: number): Emphasis {
    if (this.#median.count < MEDIAN_FROM) return 'usual';
    const factor = size / (this.#median.value || 1);
    if (factor >= HUGE_FACTOR) return 'huge';
    return factor >= LARGE_FACTOR ? 'large' : 'usual';
  }
}
