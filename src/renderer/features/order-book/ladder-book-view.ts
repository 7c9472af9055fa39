import type { Instrument } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import type { OrderBook } from '#domain/order-book.ts';
import type { BookView } from './book-session.ts';
import { type LadderOptions, ladderOf, rowStep } from './ladder.ts';
import { LadderView } from './ladder-view.ts';
import { NO_OWN_ORDERS, type OwnOrders, ownOrdersOf } from './own-orders.ts';

/** The book as rows of prices around the spread. */
export class LadderBookView implements BookView {
  readonly #instrument: Instrument;
  readonly #view: Pick<LadderView, 'fit' | 'render' | 'dispose'>;
  #orders: readonly Order[] = [];
  #own: { readonly grouping: number; readonly orders: OwnOrders } | null = null;
  #grouping = 1;

  constructor(root: HTMLElement, instrument: Instrument) {
    this.#instrument = instrument;
    this.#view = new LadderView(root);
  }

  setGrouping(grouping: number): void {
    this.#grouping = grouping;
  }

  setOrders(orders: readonly Order[]): void {
    this.#orders = orders;
    this.#own = null;
  }

  draw(book: OrderBook | null): void {
    const rows = this.#view.fit();
    if (book === null) {
      this.#view.render(null);
      return;
    }
    const { priceIncrement } = this.#instrument;
    const options = { rows, priceIncrement, grouping: this.#grouping };
    this.#view.render({
      ladder: ladderOf(book, options),
      own: this.#ownOrders(options),
      increments: this.#instrument,
      rowIncrement: rowStep(options),
    });
  }

  dispose(): void {
    this.#view.dispose();
  }

  #ownOrders(options: LadderOptions): OwnOrders {
    if (this.#orders.length === 0) return NO_OWN_ORDERS;
    if (this.#own?.grouping !== options.grouping) {
      const orders = ownOrdersOf(this.#orders, this.#instrument.id, options);
      this.#own = { grouping: options.grouping, orders };
    }
    return this.#own.orders;
  }
}
