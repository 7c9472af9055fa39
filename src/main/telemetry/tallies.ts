/** Counts by label. The labels are a closed set of names of ours, never what a client sent. */
export class LabelledCount<L extends string> {
  readonly #counts: Map<L, number>;

  /** These labels are there from the start, at zero. */
  constructor(labels: readonly L[] = []) {
    this.#counts = new Map(labels.map((label) => [label, 0]));
  }

  add(label: L, count = 1): void {
    this.#counts.set(label, (this.#counts.get(label) ?? 0) + count);
  }

  of(label: L): number {
    return this.#counts.get(label) ?? 0;
  }

  get total(): number {
    let total = 0;
    for (const count of this.#counts.values()) total += count;
    return total;
  }

  entries(): Iterable<[L, number]> {
    return this.#counts.entries();
  }
}

/** A histogram that costs an increment to feed: what Prometheus wants is worked out when it asks. */
export class BucketTally {
  /** Upper bounds, ascending; a last bucket without one is implied. */
  readonly bounds: readonly number[];
  readonly #counts: Float64Array;
  #sum = 0;
  #count = 0;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.#counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    let bucket = 0;
    while (bucket < this.bounds.length && value > (this.bounds[bucket] ?? 0)) bucket += 1;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#sum += value;
    this.#count += 1;
  }

  get sum(): number {
    return this.#sum;
  }

  get count(): number {
    return this.#count;
  }

  /** How many values were at most each bound. */
  cumulative(): number[] {
    let total = 0;
    return this.bounds.map((_, bucket) => {
      total += this.#counts[bucket] ?? 0;
      return total;
    });
  }
}
