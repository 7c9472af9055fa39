/** Of a period. With more of them each is shorter, and the timer goes off more often for it. */
export const TURNS = 8;

/**
 * Spreads what is to be written within a period over its turns: each as late as may be, and no turn
 * gets much more than its share. So the event loop is never held up by all of it at once.
 */
export class WriteTurns<T> {
  /** A ring: what is due in the turn of that index. */
  readonly #due: readonly Set<T>[] = Array.from({ length: TURNS }, () => new Set<T>());
  readonly #waiting = new Set<T>();
  #now = 0;

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** In one of the next turns of this period, if it does not wait already. */
  add(item: T): void {
    if (this.#waiting.has(item)) return;
    this.#waiting.add(item);
    let chosen = this.#at(TURNS - 1);
    for (let ahead = TURNS - 2; ahead > 0; ahead -= 1) {
      const turn = this.#at(ahead);
      if (turn.size < chosen.size) chosen = turn;
    }
    chosen.add(item);
  }

  /** So many turns are over: what was due in them waits no longer. */
  advance(turns: number): readonly T[] {
    const due: T[] = [];
    for (let passed = 0; passed < Math.min(turns, TURNS); passed += 1) {
      this.#now += 1;
      const turn = this.#at(0);
      due.push(...turn);
      turn.clear();
    }
    for (const item of due) this.#waiting.delete(item);
    return due;
  }

  clear(): void {
    this.#waiting.clear();
    for (const turn of this.#due) turn.clear();
  }

  #at(ahead: number): Set<T> {
    return this.#due[(this.#now + ahead) % TURNS] as Set<T>;
  }
}
