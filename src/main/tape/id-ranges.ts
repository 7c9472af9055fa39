/** Inclusive at both ends. */
export interface IdRange {
  readonly first: number;
  readonly last: number;
}

/** A set of whole numbers, kept as sorted ranges that neither overlap nor touch. */
export class IdRanges {
  readonly #ranges: IdRange[] = [];

  constructor(ranges: Iterable<IdRange> = []) {
    for (const range of ranges) this.add(range);
  }

  covers(id: number): boolean {
    const candidate = this.#ranges[this.#firstEndingAtOrAfter(id)];
    return candidate !== undefined && candidate.first <= id;
  }

  /** Whether any number strictly between the two is in the set. */
  hasBetween(low: number, high: number): boolean {
    const candidate = this.#ranges[this.#firstEndingAtOrAfter(low + 1)];
    return low + 1 < high && candidate !== undefined && candidate.first < high;
  }

  add(range: IdRange): void {
    const start = this.#firstEndingAtOrAfter(range.first - 1);
    let end = start;
    let merged = range;
    for (let next = this.#ranges[end]; next && next.first <= range.last + 1; ) {
      merged = {
        first: Math.min(merged.first, next.first),
        last: Math.max(merged.last, next.last),
      };
      next = this.#ranges[++end];
    }
    this.#ranges.splice(start, end - start, merged);
  }

  #firstEndingAtOrAfter(id: number): number {
    let low = 0;
    let high = this.#ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle]?.last ?? Number.POSITIVE_INFINITY) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
