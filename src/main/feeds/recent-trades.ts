const REMEMBERED = 1_024;

/** The ids of an instrument's last trades: what came already is not news when it comes again. */
export class RecentTrades {
  readonly #ids = new Set<string>();
  readonly #order: string[] = [];
  #next = 0;

  /** False where it came already. */
  add(id: string): boolean {
    if (this.#ids.has(id)) return false;
    const oldest = this.#order[this.#next];
    if (oldest !== undefined) this.#ids.delete(oldest);
    this.#order[this.#next] = id;
    this.#next = (this.#next + 1) % REMEMBERED;
    this.#ids.add(id);
    return true;
  }

  /** A copy. */
  ids(): Set<string> {
    return new Set(this.#ids);
  }

  clear(): void {
    this.#ids.clear();
    this.#order.length = 0;
    this.#next = 0;
  }
}
