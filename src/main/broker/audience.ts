import type { Consumer, Delivery } from './delivery.ts';

/** One consumer's place in a channel. */
export class Subscriber {
  readonly consumer: Consumer;
  /** What was published up to here stands in its start, and is not delivered to it. */
  readonly startOffset: number;

  constructor(consumer: Consumer, startOffset: number) {
    this.consumer = consumer;
    this.startOffset = startOffset;
  }
}

/** Consumers of one channel that are given the same deliveries, in one order. */
export class Audience {
  readonly #subscribers = new Set<Subscriber>();
  readonly #outbox: Delivery[] = [];
  #isDelivering = false;

  get size(): number {
    return this.#subscribers.size;
  }

  join(consumer: Consumer, startOffset: number): Subscriber {
    const subscriber = new Subscriber(consumer, startOffset);
    this.#subscribers.add(subscriber);
    return subscriber;
  }

  leave(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }

  leaveAll(): readonly Subscriber[] {
    const left = [...this.#subscribers];
    this.#subscribers.clear();
    return left;
  }

  /** A consumer may publish, join or leave while it is delivered to; order holds for all of them. */
  deliver(delivery: Delivery): void {
    this.#outbox.push(delivery);
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    for (let next = this.#outbox.shift(); next; next = this.#outbox.shift()) {
      const lastOffset = next.publications.at(-1)?.offset ?? 0;
      for (const { consumer, startOffset } of this.#subscribers) {
        // Who joined while it was on its way has it in its start.
        if (startOffset < lastOffset) deliverTo(consumer, next);
      }
    }
    this.#isDelivering = false;
  }
}

/** A consumer's bug goes to the process's one handler; neither publisher nor other consumers feel it. */
function deliverTo(consumer: Consumer, delivery: Delivery): void {
  try {
    consumer.deliver(delivery);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
