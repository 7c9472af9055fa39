import type { ConflationKey } from '#contract/publications.ts';
import type { TimerClock } from '#domain/clock.ts';
import { Audience, type Subscriber } from './audience.ts';
import type { Consumer, Delivery, Publication } from './delivery.ts';
import { conflateInto } from './publication-log.ts';

export interface PacedAudienceOptions {
  readonly intervalMs: number;
  readonly clock: TimerClock;
  /** So many consumers were given something. */
  readonly onDelivered: (count: number) => void;
}

/**
 * Consumers of a *latest* channel that want its values no more often than each `intervalMs` (rule B6).
 * A value that comes after a pause of that length is handed on at once; those that follow are conflated
 * until the interval is over.
 */
export class PacedAudience {
  readonly #options: PacedAudienceOptions;
  readonly #audience = new Audience();
  readonly #values = new Map<ConflationKey, Publication>();
  /** The first of those that wait. */
  #first: Delivery | undefined;
  #sentTime = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(options: PacedAudienceOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#audience.size;
  }

  /** What waits goes to those that were here before: it stands in the newcomer's start (B3). */
  join(consumer: Consumer, startOffset: number): Subscriber {
    this.flush();
    return this.#audience.join(consumer, startOffset);
  }

  leave(subscriber: Subscriber): void {
    this.#audience.leave(subscriber);
    if (this.size === 0) this.#takeWaiting();
  }

  leaveAll(): readonly Subscriber[] {
    this.#takeWaiting();
    return this.#audience.leaveAll();
  }

  /** Takes the place of what waits; to be followed by `flushWhenDue`. */
  collect(delivery: Delivery): void {
    this.#first ??= delivery;
    for (const publication of delivery.publications) conflateInto(this.#values, publication);
  }

  flushWhenDue(): void {
    if (!this.#first) return;
    const { intervalMs, clock } = this.#options;
    // A clock that was set back must not hold values up.
    const waitedMs = Math.max(0, clock.now() - this.#sentTime);
    if (waitedMs >= intervalMs) this.flush();
    else this.#cancel ??= clock.setTimeout(() => this.flush(), intervalMs - waitedMs);
  }

  flush(): void {
    const waiting = this.#takeWaiting();
    if (!waiting) return;
    this.#sentTime = this.#options.clock.now();
    this.#audience.deliver(waiting);
    this.#options.onDelivered(this.size);
  }

  #takeWaiting(): Delivery | undefined {
    this.#cancel?.();
    this.#cancel = undefined;
    const first = this.#first;
    this.#first = undefined;
    const publications = [...this.#values.values()];
    this.#values.clear();
    return first && { ...first, publications };
  }
}
