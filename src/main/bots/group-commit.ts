import { invariant } from '#domain/assert.ts';
import type { TimerClock } from '#domain/clock.ts';

export interface GroupCommitOptions<Item, Outcome> {
  readonly clock: TimerClock;
  /** From the beginning of one group's writing to that of the next, at least: none waits longer. */
  readonly spacingMs: number;
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
 * flush to disk. What comes while a group is written has waited for the next by then. Order is kept;
 * nobody is answered before the group is written.
 */
export class GroupCommit<Item, Outcome> {
  readonly #options: GroupCommitOptions<Item, Outcome>;
  #waiting: Waiting<Item, Outcome>[] = [];
  /** When the last group began to be written. */
  #lastTime = Number.NEGATIVE_INFINITY;
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
    this.#lastTime = this.#options.clock.now();
    const outcomes = this.#write(group.map(({ item }) => item));
    group.forEach(({ settle }, index) => {
      const outcome = outcomes[index];
      invariant(outcome !== undefined, 'every item of a group has its outcome');
      settle(outcome);
    });
  }

  #startTimer(): () => void {
    const { clock, spacingMs } = this.#options;
    // Not longer either where the clock was set back.
    const restMs = Math.min(spacingMs, this.#lastTime + spacingMs - clock.now());
    return clock.setTimeout(() => this.flush(), Math.max(0, restMs));
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
