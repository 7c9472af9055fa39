import type { Order } from '#domain/order.ts';
import { opposite, type Side } from '#domain/side.ts';
import { isBetter, reaches, type Source, touchOf } from './market-view.ts';
import { comparePriority, type QuietRange, type WorkingOrder } from './working-order.ts';

/** The open orders that the exchange knows, in the order in which they came to it. */
export class WorkingOrders {
  readonly #byId = new Map<string, WorkingOrder>();
  /** Computed when asked for, and thrown away when something changes. */
  #orders: readonly Order[] | null = null;
  #quiet: QuietRange | null = null;

  get isEmpty(): boolean {
    return this.#byId.size === 0;
  }

  get orders(): readonly Order[] {
    this.#orders ??= [...this.#byId.values()].map(({ order }) => order);
    return this.#orders;
  }

  values(): Iterable<WorkingOrder> {
    return this.#byId.values();
  }

  add(working: WorkingOrder): WorkingOrder {
    this.#byId.set(working.order.id, working);
    this.changed();
    return working;
  }

  remove(orderId: string): WorkingOrder | undefined {
    const working = this.#byId.get(orderId);
    this.#byId.delete(orderId);
    this.changed();
    return working;
  }

  has({ order }: WorkingOrder): boolean {
    return this.#byId.has(order.id);
  }

  /** To be called where an order has become another one, or a trailing stop has moved. */
  changed(): void {
    this.#orders = null;
    this.#quiet = null;
  }

  /** Whether a trade at `price` concerns none of them: two comparisons, of most trades of most markets. */
  isQuietAt(price: number): boolean {
    this.#quiet ??= this.#quietRange();
    return price > this.#quiet.above && price < this.#quiet.below;
  }

  /** Those in the book: best price first, then who came first. */
  resting(): readonly WorkingOrder[] {
    return [...this.#byId.values()].filter(({ stop }) => !stop).sort(comparePriority);
  }

  /** Those that wait for their stop. */
  waiting(): readonly WorkingOrder[] {
    return [...this.#byId.values()].filter(({ stop }) => stop);
  }

  /** The resting one of `side` that trades first. */
  bestOf(side: Side): WorkingOrder | undefined {
    let best: WorkingOrder | undefined;
    for (const working of this.#byId.values()) {
      if (working.stop || working.order.side !== side) continue;
      if (!best || isBetter(side, working.limitPrice, best.limitPrice)) best = working;
    }
    return best;
  }

  /** Lets all see how much is shown at their price; true where the opposite side has come to one. */
  look(source: Source): boolean {
    const bid = touchOf(source, 'buy');
    const ask = touchOf(source, 'sell');
    let isReached = false;
    for (const working of this.#byId.values()) {
      if (working.stop) continue;
      working.look(source);
      const touch = opposite(working.order.side) === 'buy' ? bid : ask;
      isReached ||= touch !== undefined && reaches(working.order.side, working.limitPrice, touch);
    }
    return isReached;
  }

  #quietRange(): QuietRange {
    let above = Number.NEGATIVE_INFINITY;
    let below = Number.POSITIVE_INFINITY;
    for (const { quiet } of this.#byId.values()) {
      above = Math.max(above, quiet.above);
      below = Math.min(below, quiet.below);
    }
    return { above, below };
  }
}
