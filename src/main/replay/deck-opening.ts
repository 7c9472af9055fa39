import type { DeckView, ReplaySpeed } from '#contract/replay-requests.ts';
import type { TimerClock } from '#domain/clock.ts';
import { lastingViewOf } from './deck-view.ts';
import type { ReplaySource } from './replay-source.ts';

/** Sooner than this nobody is told that a deck is still being opened. */
const GRACE_MS = 300;
/** While it is, that is told so often at most. */
const TELL_PERIOD_MS = 100;

/** What is known of a source while it is read. */
export type SourceSoFar = Pick<
  ReplaySource,
  'view' | 'fromTime' | 'toTime' | 'instruments' | 'books'
> & {
  /** How much of it is read, 0 to 1. */
  readonly progress: number;
};

export interface DeckOpeningOptions {
  readonly id: string;
  readonly speed: ReplaySpeed;
  readonly notify: boolean;
  readonly clock: TimerClock;
  readonly onChange: (view: DeckView) => void;
}

/** A deck to be, whose source is being read; if that fails it is all that there ever is of it. */
export class DeckOpening {
  readonly id: string;
  /** Resolves when it takes longer than a moment, and there is something to tell of it. */
  readonly takesLong: Promise<void>;
  readonly #options: DeckOpeningOptions;
  readonly #abort = new AbortController();
  readonly #stopTimer: () => void;
  #letTell: () => void;
  #soFar: SourceSoFar | null = null;
  #hasGrace = true;
  #isTold = false;
  #toldTime = 0;
  #error: string | null = null;

  constructor(options: DeckOpeningOptions) {
    this.id = options.id;
    this.#options = options;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.takesLong = promise;
    this.#letTell = resolve;
    this.#stopTimer = options.clock.setTimeout(() => {
      this.#hasGrace = false;
      this.#tellNow();
    }, GRACE_MS);
  }

  /** Aborted when nobody wants it any more. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Others know of it. */
  get isTold(): boolean {
    return this.#isTold;
  }

  /** Why it failed; null while it goes on. */
  get error(): string | null {
    return this.#error;
  }

  get progress(): number {
    return this.#soFar?.progress ?? 0;
  }

  /** Null while nothing is known of it. */
  view(): DeckView | null {
    if (!this.#soFar) return null;
    const { id, speed, notify } = this.#options;
    const { fromTime } = this.#soFar;
    return {
      ...lastingViewOf({ id, notify, source: { ...this.#soFar, gaps: [], slowSeek: null } }),
      state: this.#abort.signal.aborted ? 'closed' : this.#error === null ? 'opening' : 'failed',
      error: this.#error,
      opening: this.#error === null ? { progress: this.progress } : null,
      ...{ time: fromTime, speed, openGaps: [], tradesPlayed: 0, botIds: [], alertRuleCount: 0 },
      ...{ run: 0, seek: null },
    };
  }

  read(soFar: SourceSoFar): void {
    this.#soFar = soFar;
    const now = this.#options.clock.now();
    if (!this.#hasGrace && Math.abs(now - this.#toldTime) >= TELL_PERIOD_MS) this.#tellNow();
  }

  /** It stays, to say why, until it is closed. */
  fail(message: string): void {
    this.#error = message;
    this.#tellNow();
  }

  /** The deck is there, or there will be none. */
  end(): void {
    this.#stopTimer();
  }

  close(): void {
    this.end();
    this.#abort.abort();
    if (this.#isTold) this.#tellNow();
  }

  #tellNow(): void {
    const view = this.view();
    if (!view) return;
    this.#isTold = true;
    this.#toldTime = this.#options.clock.now();
    this.#letTell();
    this.#options.onChange(view);
  }
}
