import { BLOCK_CAPACITY } from './block-header.ts';
import { numericId } from './id-column.ts';
import { type IdRange, IdRanges } from './id-ranges.ts';

/** A step back further than this is another stretch of time, not a late arrival. */
const LATE_IDS = 4_096;

/**
 * Which trades of an instrument are on the tape already. Of the newest blocks it knows every id; of
 * the older ones, where ids are numbers, from which to which each block goes, so that a recording
 * that is played again adds nothing, while an older one, or what fell into a gap, can still be added.
 */
export class RecordedIds {
  readonly #older: IdRanges;
  #previous: ReadonlySet<string>;
  #previousRanges: readonly IdRange[];
  #open = new Set<string>();
  #openRange: IdRange | null = null;

  constructor(older: Iterable<IdRange>, previous: readonly string[]) {
    this.#older = new IdRanges(older);
    this.#previous = new Set(previous);
    const range = rangeOf(previous);
    this.#previousRanges = range ? [range] : [];
  }

  /** From the smallest to the largest numeric id of the open block; null where none is a number. */
  get openRange(): IdRange | null {
    return this.#openRange;
  }

  has(id: string): boolean {
    if (this.#open.has(id) || this.#previous.has(id)) return true;
    const number = numericId(id);
    return number !== null && this.#older.covers(number);
  }

  /**
   * Whether the open block would, with this id, claim ids that it has not got. It has to be sealed
   * first.
   */
  breaksOpenRange(id: string): boolean {
    const number = numericId(id);
    const range = this.#openRange;
    if (number === null || range === null) return false;
    if (number < range.first) return range.first - number > LATE_IDS;
    return number > range.last + 1 && this.#knowsBetween(range.last, number);
  }

  add(id: string): void {
    this.#open.add(id);
    const number = numericId(id);
    if (number !== null) this.#openRange = widened(this.#openRange, number);
  }

  /** The open block is full or closed. */
  seal(): void {
    const merges = this.#previous.size + this.#open.size <= BLOCK_CAPACITY;
    const range = this.#openRange ? [this.#openRange] : [];
    if (!merges) for (const aged of this.#previousRanges) this.#older.add(aged);
    this.#previous = merges ? new Set([...this.#previous, ...this.#open]) : this.#open;
    this.#previousRanges = merges ? [...this.#previousRanges, ...range] : range;
    this.#open = new Set();
    this.#openRange = null;
  }

  #knowsBetween(low: number, high: number): boolean {
    return (
      this.#older.hasBetween(low, high) ||
      this.#previousRanges.some((range) => range.last > low && range.first < high)
    );
  }
}

function rangeOf(ids: readonly string[]): IdRange | null {
  let range: IdRange | null = null;
  for (const id of ids) {
    const number = numericId(id);
    if (number !== null) range = widened(range, number);
  }
  return range;
}

const widened = (range: IdRange | null, number: number): IdRange => {
  if (range === null) return { first: number, last: number };
  if (number > range.last) return { first: range.first, last: number };
  return number < range.first ? { first: number, last: range.last } : range;
};
