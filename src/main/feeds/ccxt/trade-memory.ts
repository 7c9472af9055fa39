/** As many as a snapshot of the last trades, sent again at each connection, can hold. */
const REMEMBERED = 4_096;

/**
 * The ids of an instrument's last trades. Outlives connections: exchanges send the last trades
 * again when one connects, and some send a frame twice.
 */
export class TradeMemory {
  readonly #told = new LastIds();
  readonly #within = new LastIds();

  /** False when it is known already. */
  add(id: string): boolean {
    return this.#told.add(id);
  }

  /** Single trades that were told as a part of another one. */
  addWithin(ids: readonly string[]): void {
    for (const id of ids) this.#within.add(id);
  }

  isWithin(id: string): boolean {
    return this.#within.has(id);
  }
}

class LastIds {
  readonly #ids = new Set<string>();
  readonly #order: string[] = [];
  #next = 0;

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    const forgotten = this.#order[this.#next];
    if (forgotten !== undefined) this.#ids.delete(forgotten);
    this.#order[this.#next] = id;
    this.#ids.add(id);
    this.#next = (this.#next + 1) % REMEMBERED;
    return true;
  }
}
