import type { Order } from '#domain/order.ts';

/** Pairs of which one or both have not come to the exchange yet: if one is refused there, the other ends. */
export class OrderPairs {
  readonly #others: Map<string, string>;

  constructor(saved: readonly (readonly [string, string])[]) {
    this.#others = new Map(saved);
  }

  link(first: Order, second: Order): void {
    this.#others.set(first.id, second.id);
    this.#others.set(second.id, first.id);
  }

  /** The other of an order that has just come to the exchange; undefined of one that is of no pair. */
  takeOther(orderId: string): string | undefined {
    const other = this.#others.get(orderId);
    this.#others.delete(orderId);
    return other;
  }

  /** Of those that have not come there yet; what became of others is known. */
  save(unsent: readonly Order[]): [string, string][] {
    for (const id of this.#others.keys()) {
      if (!unsent.some((order) => order.id === id)) this.#others.delete(id);
    }
    return [...this.#others];
  }
}
