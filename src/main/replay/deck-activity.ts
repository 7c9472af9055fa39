import type { Failure, Result } from '#contract/errors.ts';
import type { TimerClock } from '#domain/clock.ts';

/** While something is under way the deck says where it is so often. */
const TELL_PERIOD_MS = 100;

export interface ActivityOwner {
  tell(): void;
  /** Why nothing can be done with it any more. */
  refusal(): { readonly ok: false; readonly error: Failure } | null;
}

/**
 * What a deck is doing, one thing at a time: a request waits for the one before it, and first ends
 * what that has set under way.
 */
export class DeckActivity {
  readonly #clock: TimerClock;
  readonly #owner: ActivityOwner;
  #abort = new AbortController();
  /** Settles when nothing is under way. */
  #underWay: Promise<void> = Promise.resolve();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(clock: TimerClock, owner: ActivityOwner) {
    this.#clock = clock;
    this.#owner = owner;
  }

  /** `work` is short; what takes long it `start`s. */
  exclusive<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    return this.#queue(async () => this.#owner.refusal() ?? (await work()));
  }

  /** Ends what is under way, after all that was asked before. */
  stop(): Promise<void> {
    return this.#queue(async () => undefined);
  }

  /** The returned promise resolves when it is over; `work` ends soon after its signal aborts. */
  start(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#abort = new AbortController();
    const stopTelling = this.#clock.setInterval(() => this.#owner.tell(), TELL_PERIOD_MS);
    this.#underWay = work(this.#abort.signal).then(() => {
      stopTelling();
      this.#owner.tell();
    });
    this.#owner.tell();
    return this.#underWay;
  }

  #queue<T>(work: () => Promise<T>): Promise<T> {
    this.#abort.abort();
    const result = this.#turn.then(async () => {
      // What the request before has begun in the meantime.
      this.#abort.abort();
      await this.#underWay;
      return work();
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
