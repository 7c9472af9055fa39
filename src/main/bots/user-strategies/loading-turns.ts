/** More threads that come up at once only take each other's time, and none is ready before its own is over. */
const MOST_AT_ONCE = 2;

/** Lets threads come up a few at a time. */
export class LoadingTurns {
  readonly #waiting = new Set<() => void>();
  #taken = 0;

  /** Begins as soon as there is a turn. The returned function gives it back, or leaves the line. */
  take(begin: () => void): () => void {
    this.#waiting.add(begin);
    this.#next();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      if (this.#waiting.delete(begin)) return;
      this.#taken -= 1;
      this.#next();
    };
  }

  #next(): void {
    const [begin] = this.#waiting;
    if (!begin || this.#taken >= MOST_AT_ONCE) return;
    this.#waiting.delete(begin);
    this.#taken += 1;
    begin();
  }
}
