/** A list of which the last ones are kept, however many are added. */
export class Tail<T> {
  readonly #limit: number;
  #items: T[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(item: T): void {
    this.#items.push(item);
    // Trimmed by halves, so that the cost of moving the list is paid seldom.
    if (this.#items.length >= 2 * this.#limit) this.#items = this.#items.slice(-this.#limit);
  }

  list(): T[] {
    return this.#items.slice(-this.#limit);
  }
}
