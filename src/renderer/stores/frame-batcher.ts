/** Where frames come from. The returned function cancels. */
export interface FrameSource {
  /** The callback is told the frame's time, milliseconds of the page's own clock. */
  request(callback: (time: number) => void): () => void;
  /** Calls when frames may have stopped or started coming (the page was hidden or shown). */
  onVisibilityChange(listener: () => void): void;
}

/**
 * One flush a frame: work is collected by key, the latest of a key replaces the one before, and all
 * of it runs in the next frame. React and the charts never do more than one update a frame. Work that
 * is the consequence of other work is done in the same flush, where its key has not had its turn.
 */
export class FrameBatcher {
  readonly #source: FrameSource;
  readonly #work = new Map<string, () => void>();
  #cancel: (() => void) | null = null;
  #isFlushing = false;

  constructor(source: FrameSource) {
    this.#source = source;
    source.onVisibilityChange(() => this.#reschedule());
  }

  schedule(key: string, work: () => void): void {
    this.#work.set(key, work);
    if (!this.#isFlushing) this.#request();
  }

  cancel(key: string): void {
    this.#work.delete(key);
  }

  /** Runs what has been collected. What is scheduled for a second time meanwhile waits for the next frame. */
  flush(): void {
    this.#cancel = null;
    this.#isFlushing = true;
    const done = new Set<string>();
    try {
      for (const [key, work] of this.#work) {
        if (done.has(key)) continue;
        done.add(key);
        this.#work.delete(key);
        work();
      }
    } finally {
      this.#isFlushing = false;
      // One broken drawing must not cost the others theirs.
      if (this.#work.size > 0) this.#request();
    }
  }

  #request(): void {
    this.#cancel ??= this.#source.request(() => this.flush());
  }

  #reschedule(): void {
    if (this.#cancel === null) return;
    this.#cancel();
    this.#cancel = null;
    this.#request();
  }
}
