import type { Worker } from 'node:worker_threads';

/** What threads of ours are for, beside the one that speaks to exchanges. */
export type ThreadKind = 'strategy' | 'backtest' | 'tape';

export interface ThreadCounts {
  readonly running: number;
  /** Since the start: ended by an error of their own, or for want of memory. */
  readonly died: number;
}

/** Counts the process's threads by what they are for. */
export class ThreadTally {
  readonly #running = new Map<ThreadKind, number>();
  readonly #died = new Map<ThreadKind, number>();

  /** To be told of each thread as it begins. */
  watch(kind: ThreadKind, thread: Pick<Worker, 'once'>): void {
    count(this.#running, kind, 1);
    thread.once('error', () => count(this.#died, kind, 1));
    thread.once('exit', () => count(this.#running, kind, -1));
  }

  of(kind: ThreadKind): ThreadCounts {
    return { running: this.#running.get(kind) ?? 0, died: this.#died.get(kind) ?? 0 };
  }
}

function count(counts: Map<ThreadKind, number>, kind: ThreadKind, change: 1 | -1): void {
  counts.set(kind, (counts.get(kind) ?? 0) + change);
}

/** Of this process: threads are begun in several rooms, and belong to all of it. */
export const threadTally = new ThreadTally();
