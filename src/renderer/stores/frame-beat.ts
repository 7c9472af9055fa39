import type { FrameSource } from './frame-batcher.ts';

/** What a beat needs of its page. Times are milliseconds of the page's own clock, as of its frames. */
export interface BeatPage {
  now(): number;
  /** The returned function cancels. */
  setTimeout(callback: () => void, delayMs: number): () => void;
  readonly frames: Pick<FrameSource, 'request'>;
}

/** So long before a frame its work is done: as long as a timer may be late. */
const LEAD_MS = 4;
/** After a pause: what came together is drawn together, and not in two beats. */
const GATHER_MS = 4;
/** A beat comes a little sooner or later than it should; so much sooner it is still the one meant. */
const SLACK_MS = 6;

interface Waiting {
  readonly callback: (time: number) => void;
  /** From then on it is done with what else is due. */
  readonly mayTime: number;
  /** Then it is due itself. */
  readonly dueTime: number;
}

/**
 * The pace of all that follows the market: what is due is done together, no sooner than `periodMs`
 * after the time before, and all of it is drawn by one frame, for a frame costs the page more than
 * what changes in it. It is done shortly before that frame and not in it, since libraries that draw in
 * frames of their own (the chart) would otherwise draw in the next one, and make that one necessary.
 */
export class FrameBeat {
  readonly #page: BeatPage;
  readonly #periodMs: number;
  readonly #waiting = new Set<Waiting>();
  #cancelTimer: (() => void) | null = null;
  #timerTime = Number.POSITIVE_INFINITY;
  /** When the last frame that a beat had work for was drawn: beats keep step with it. */
  #frameTime = Number.NEGATIVE_INFINITY;
  #isFrameAsked = false;

  constructor(page: BeatPage, periodMs: number) {
    this.#page = page;
    this.#periodMs = periodMs;
  }

  /**
   * Calls with each so-manieth beat on the average at most; after a pause with the next one. What is
   * drawn anyway takes it along sooner, and it waits the longer for the time after: else a market that
   * is told of in turns would be drawn by two frames each time.
   */
  each(beats: number): Pick<FrameSource, 'request'> {
    const spacingMs = beats * this.#periodMs - SLACK_MS;
    const soonerMs = (beats - 1) * this.#periodMs;
    let dueTime = Number.NEGATIVE_INFINITY;
    return {
      request: (callback) => {
        const waiting: Waiting = {
          callback: (time) => {
            dueTime = Math.max(time, dueTime) + spacingMs;
            callback(time);
          },
          mayTime: dueTime - soonerMs,
          dueTime,
        };
        this.#waiting.add(waiting);
        this.#setTimer();
        return () => {
          this.#waiting.delete(waiting);
          if (this.#waiting.size === 0) this.#clearTimer();
        };
      },
    };
  }

  #beat(): void {
    this.#clearTimer();
    const now = this.#page.now();
    const isDue = [...this.#waiting].some(({ dueTime }) => dueTime <= now);
    try {
      if (isDue) this.#callAll(now);
    } finally {
      // One that fails must not cost the others theirs.
      this.#setTimer();
    }
  }

  #callAll(now: number): void {
    this.#followFrame();
    for (const waiting of [...this.#waiting]) {
      if (waiting.mayTime > now || !this.#waiting.delete(waiting)) continue;
      waiting.callback(now);
    }
  }

  #followFrame(): void {
    if (this.#isFrameAsked) return;
    this.#isFrameAsked = true;
    this.#page.frames.request((time) => {
      this.#isFrameAsked = false;
      this.#frameTime = time;
    });
  }

  #setTimer(): void {
    const dueTimes = [...this.#waiting].map(({ dueTime }) => dueTime);
    if (dueTimes.length === 0) return;
    const time = this.#beatTime(Math.min(...dueTimes));
    if (time >= this.#timerTime) return;
    this.#clearTimer();
    this.#timerTime = time;
    this.#cancelTimer = this.#page.setTimeout(() => this.#beat(), time - this.#page.now());
  }

  /** The first beat at `dueTime` or later, in step with the frames. */
  #beatTime(dueTime: number): number {
    const soonest = this.#page.now() + GATHER_MS;
    const firstTime = this.#frameTime - LEAD_MS;
    if (!Number.isFinite(firstTime)) return Math.max(soonest, dueTime);
    if (Math.max(firstTime + this.#periodMs, dueTime) < soonest) return soonest;
    const beats = Math.max(1, Math.ceil((dueTime - firstTime) / this.#periodMs));
    return firstTime + beats * this.#periodMs;
  }

  #clearTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#timerTime = Number.POSITIVE_INFINITY;
  }
}
