import type { EncodedDelivery } from './outgoing.ts';
import { Outgoing, type OutgoingMessage } from './outgoing.ts';

/**
 * Prices that go out together. Sessions that want the same prices of a flush stand at the same node
 * of a tree, so that each combination is encoded once, whatever number of sessions has it.
 */
export class PriceBatch {
  readonly #before: PriceBatch | undefined;
  readonly #last: EncodedDelivery | undefined;
  readonly #next = new Map<EncodedDelivery, PriceBatch>();
  #full: Outgoing | undefined;
  #compact: Outgoing | undefined;

  constructor(before?: PriceBatch, last?: EncodedDelivery) {
    this.#before = before;
    this.#last = last;
  }

  with(price: EncodedDelivery): PriceBatch {
    let next = this.#next.get(price);
    if (!next) {
      next = new PriceBatch(this, price);
      this.#next.set(price, next);
    }
    return next;
  }

  as(isCompact: boolean): Outgoing {
    if (isCompact) {
      this.#compact ??= this.#encode(true);
      return this.#compact;
    }
    this.#full ??= this.#encode(false);
    return this.#full;
  }

  #encode(isCompact: boolean): Outgoing {
    const prices: EncodedDelivery[] = [];
    for (let at: PriceBatch | undefined = this; at; at = at.#before) {
      if (at.#last) prices.unshift(at.#last);
    }
    const updates = prices
      .flatMap((price): readonly OutgoingMessage[] => price.as(isCompact).messages)
      .flatMap(({ event, payload }) => (event === 'price:update' ? [payload] : []));
    const timestamp = prices.at(-1)?.delivery.publications.at(-1)?.timestamp;
    if (timestamp === undefined) return new Outgoing([]);
    return new Outgoing([{ event: 'price:batch', payload: { timestamp, updates } }]);
  }
}

/** Who has a batch to send: his part of it, when this turn of the event loop is over. */
export interface BatchingSession {
  sendBatch(): void;
}

/** The batches of one flush of the broker, which delivers all that is due in one turn. */
export class PriceBatches {
  #root = new PriceBatch();
  #waiting: BatchingSession[] = [];

  /** An empty batch for this session, which is told to send it at the end of the turn. */
  begin(session: BatchingSession): PriceBatch {
    if (this.#waiting.length === 0) queueMicrotask(() => this.#flush());
    this.#waiting.push(session);
    return this.#root;
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#root = new PriceBatch();
    for (const session of waiting) session.sendBatch();
  }
}
