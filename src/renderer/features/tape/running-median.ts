/** The median of the last `capacity` values: a ring of them, and the same values kept sorted. */
export class RunningMedian {
  readonly #capacity: number;
  readonly #ring: number[] = [];
  readonly #sorted: number[] = [];
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get count(): number {
    return this.#ring.length;
  }

  /** Zero while there are no values. */
  get value(): number {
    const count = this.#sorted.length;
    const upper = this.#sorted[count >>> 1] ?? 0;
    return count % 2 === 1 ? upper : (upper + (this.#sorted[(count >>> 1) - 1] ?? 0)) / 2;
  }

  push(value: number): void {
    if (!Number.isFinite(value)) return;
    const oldest = this.#ring.length < this.#capacity ? undefined : this.#ring[this.#next];
    if (oldest !== undefined) this.#sorted.splice(this.#indexOf(oldest), 1);
    this.#ring[this.#next] = value;
    this.#next = (this.#next + 1) % this.#capacity;
    this.#sorted.splice(this.#indexOf(value), 0, value);
  }

  clear(): void {
    this.#ring.length = 0;
    this.#sorted.length = 0;
    this.#next = 0;
  }

  #indexOf(value: number): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
