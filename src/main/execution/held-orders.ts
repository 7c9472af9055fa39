import type { MarketEvent } from '#domain/market-event.ts';
import type { Order } from '#domain/order.ts';
import type { Source } from './market-view.ts';

/** Orders that wait for their market to open: nothing that is known of it yet is a price of then. */
export class HeldOrders {
  #orders: readonly Order[];

  constructor(orders: readonly Order[]) {
    this.#orders = orders;
  }

  get isEmpty(): boolean {
    return this.#orders.length === 0;
  }

  get orders(): readonly Order[] {
    return this.#orders;
  }

  add(order: Order): void {
    this.#orders = [...this.#orders, order];
  }

  /** Undefined where it is not held. */
  withdraw(orderId: string): Order | undefined {
    const order = this.find(orderId);
    if (order) this.#orders = this.#orders.filter((one) => one !== order);
    return order;
  }

  find(orderId: string): Order | undefined {
    return this.#orders.find(({ id }) => id === orderId);
  }

  /** Takes off those that go to the market with this event, in the order in which they came. */
  release(event: MarketEvent, source: Source): readonly Order[] {
    const released = this.#orders.filter((order) => isMetBy(order, event, source));
    if (released.length > 0) {
      this.#orders = this.#orders.filter((order) => !released.includes(order));
    }
    return released;
  }
}

/** Whether the event tells what the order goes by: a stop by the last trade, a limit by what is offered. */
function isMetBy(order: Order, { kind }: MarketEvent, source: Source): boolean {
  if (kind === 'trade') return order.type !== 'limit' || source.kind === 'trades';
  if (order.type !== 'limit') return false;
  return source.kind === 'book'
    ? kind === 'bookSnapshot' || kind === 'bookDelta'
    : source.kind === 'quote' && kind === 'quote';
}
