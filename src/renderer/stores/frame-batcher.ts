/** Where frames come from. The returned function cancels. */
export interface FrameSource {
  /** The callback is told the frame's time, milliseconds of the page's own clock. */
  request(callback: (time: number) => void): () => void;
  /** Calls when frames may have stopped or started coming (the page was hidden or shown). */
  onVisibilityChange(listener: () => void): void;
}

/**
 * One flush a frame: work is collected by key, the latest of a key replaces the one before, and all
 * of it runs in the next frame. React and the charts never do more than one update a frame.
 */
export class FrameBatcher {
  readonly #source: FrameSource;
  readonly #work = new Map<string, () => void>();
  #cancel: (() => void) | null = null;

  constructor(source: FrameSource) {
    this.#source = source;
    source.onVisibilityChange(() => this.#reschedule());
  }

  schedule(key: string, work: () => void): void {
    this.#work.set(key, work);
    this.#cancel ??= this.#source.request(() => this.flush());
  }

  cancel(key: string): void {
    this.#work.delete(key);
  }

  /** Runs what has been collected. What is scheduled meanwhile waits for the next frame. */
  flush(): void {
    this.#cancel = null;
    const batch = [...this.#work];
    this.#work.clear();
    let done = 0;
    try {
      for (const [, work] of batch) {
        done += 1;
        work();
      }
    } finally {
      // One broken drawing must not cost the others theirs.
      for (const [key, work] of batch.slice(done)) {
        if (!this.#work.has(key)) this.schedule(key, work);
      }
    }
  }

  #reschedule(): void {
    if (this.#cancel === null) return;
    this.#cancel();
    this.#cancel = this.#source.request(() => this.flush());
  }
}
