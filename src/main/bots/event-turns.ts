import type { MarketEvent } from '#domain/market-event.ts';
import { EventQueue } from './event-queue.ts';

export interface EventTurnsOptions {
  /** Deals with one event; it may end with a call of `waitFor`. */
  readonly take: (event: MarketEvent) => void;
  /** Runs what goes on later: a fault in it is the bot's, as in an event. */
  readonly later: (work: () => void) => void;
}

/**
 * Lets what happens to a bot come one after the other: while it waits for the past, or for the answer
 * of a strategy that thinks elsewhere, events stand in line.
 */
export class EventTurns {
  readonly #options: EventTurnsOptions;
  readonly #queue = new EventQueue();
  #isWaiting = false;
  /** Resolves when nothing is waited for any more. */
  #settling: PromiseWithResolvers<void> | null = null;
  #isOver = false;

  constructor(options: EventTurnsOptions) {
    this.#options = options;
  }

  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Resolves when everything that has happened is dealt with; null where it is. */
  get settled(): Promise<void> | null {
    return this.#settling?.promise ?? null;
  }

  next(event: MarketEvent): void {
    if (this.#isWaiting) this.#queue.add(event);
    else this.#options.take(event);
  }

  /** What it resolves to comes next, and after it what has happened meanwhile. */
  waitFor(work: Promise<() => void>): void {
    this.#isWaiting = true;
    this.#settling ??= Promise.withResolvers();
    const goOn = (next: () => void) => {
      if (!this.#isOver) this.#options.later(() => this.#goOn(next));
    };
    void work.then(goOn, (reason: unknown) =>
      goOn(() => {
        throw reason;
      }),
    );
  }

  /** Nobody is to come any more. */
  end(): void {
    this.#isOver = true;
    this.#queue.clear();
    this.#settle();
  }

  #goOn(next: () => void): void {
    this.#isWaiting = false;
    next();
    while (!this.#isWaiting && !this.#isOver) {
      const event = this.#queue.take();
      if (!event) break;
      this.#options.take(event);
    }
    if (!this.#isWaiting) this.#settle();
  }

  #settle(): void {
    this.#settling?.resolve();
    this.#settling = null;
  }
}
