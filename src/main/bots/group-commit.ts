import { invariant } from '#domain/assert.ts';
import type { TimerClock } from '#domain/clock.ts';

export interface GroupCommitOptions<Item, Outcome> {
  readonly clock: TimerClock;
  /** How long the first of a group waits for others. */
  readonly windowMs: number;
  /** A group of this size waits no longer. */
  readonly maxSize: number;
  /** Writes a group, all or nothing; its outcomes are in the order of the items. */
  readonly commit: (items: readonly Item[]) => readonly Outcome[];
  /** What each of a group is told that could not be written. */
  readonly onFailure: (error: unknown) => Outcome;
}

interface Waiting<Item, Outcome> {
  readonly item: Item;
  readonly settle: (outcome: Outcome) => void;
}

/**
 * Gathers what comes within a few milliseconds into one transaction, so that many writers share one
 * flush to disk. Order is kept; nobody is answered before the group is written.
 */
export class GroupCommit<Item, Outcome> {
  readonly #options: GroupCommitOptions<Item, Outcome>;
  #waiting: Waiting<Item, Outcome>[] = [];
  #cancelTimer: (() => void) | undefined;

  constructor(options: GroupCommitOptions<Item, Outcome>) {
    this.#options = options;
  }

  add(item: Item): Promise<Outcome> {
    return new Promise((settle) => {
      this.#waiting.push({ item, settle });
      if (this.#waiting.length >= this.#options.maxSize) this.flush();
      else this.#cancelTimer ??= this.#startTimer();
    });
  }

  /** Writes what waits, now. */
  flush(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const group = this.#waiting;
    this.#waiting = [];
    if (group.length === 0) return;
    const outcomes = this.#write(group.map(({ item }) => item));
    group.forEach(({ settle }, index) => {
      const outcome = outcomes[index];
      invariant(outcome !== undefined, 'every item of a group has its outcome');
      settle(outcome);
    });
  }

  #startTimer(): () => void {
    const { clock, windowMs } = this.#options;
    return clock.setTimeout(() => this.flush(), windowMs);
  }

  #write(items: readonly Item[]): readonly Outcome[] {
    try {
      return this.#options.commit(items);
    } catch (error) {
      const failure = this.#options.onFailure(error);
      return items.map(() => failure);
    }
  }
}
