import { type Decimal, decimal, smaller } from '#domain/decimal.ts';
import type { Order } from '#domain/order.ts';
import { opposite } from '#domain/side.ts';
import type { Trade } from '#domain/trade.ts';
import { isCrossedBy, type MarketView, touchOf } from './liquidity.ts';

export const remainingOf = (order: Order): Decimal =>
  decimal(order.quantity).minus(order.filledQuantity);

/** A limit order in the book, with what is known of its place in the queue of its level. */
export class RestingOrder {
  order: Order;
  readonly limitPrice: number;
  /** Size that must trade at our price before us; null while no book has shown it. */
  #queueAhead: Decimal | null = null;
  /**
   * The touch may still show the liquidity that this order has just taken on its way in: it counts
   * as crossed only once it was seen uncrossed.
   */
  #mayBeCrossed: boolean;

  private constructor(order: Order, mayBeCrossed: boolean) {
    this.order = order;
    this.limitPrice = Number(order.limitPrice);
    this.#mayBeCrossed = mayBeCrossed;
  }

  static placed(order: Order, market: MarketView): RestingOrder {
    const resting = new RestingOrder(order, false);
    resting.observeTouch(market);
    return resting;
  }

  /** After a restart the place in the queue is unknown, so it starts at the back again. */
  static restored(order: Order): RestingOrder {
    return new RestingOrder(order, true);
  }

  /** A print beyond our price: everything at our price must have been filled. */
  isTradedThrough(price: number): boolean {
    return this.order.side === 'buy' ? price < this.limitPrice : price > this.limitPrice;
  }

  /** Lets a print at our price eat the queue; returns what comes past it, null for other prints. */
  passQueue(trade: Trade): Decimal | null {
    const isOurs =
      trade.price === this.limitPrice && trade.aggressorSide === opposite(this.order.side);
    if (!isOurs || this.#queueAhead === null) return null;
    const size = decimal(trade.size);
    const eaten = smaller(this.#queueAhead, size);
    this.#queueAhead = this.#queueAhead.minus(eaten);
    return size.minus(eaten);
  }

  /** Looks at book or quote; true where the opposite side has come to our price. */
  observeTouch(market: MarketView): boolean {
    if (market.book.isReady) {
      // Cancellations ahead of us shorten the queue: it is never longer than what is shown.
      const shown = decimal(market.book.sizeAt(this.order.side, this.limitPrice));
      this.#queueAhead = smaller(this.#queueAhead ?? shown, shown);
    }
    const touch = touchOf(market, opposite(this.order.side));
    if (touch === undefined) return false;
    const isCrossed = isCrossedBy(this.order.side, this.limitPrice, touch);
    if (!isCrossed) this.#mayBeCrossed = true;
    return isCrossed && this.#mayBeCrossed;
  }
}

/** Sorts buys by the highest price, sells by the lowest; the two sides do not compete. */
export function comparePriority(a: RestingOrder, b: RestingOrder): number {
  if (a.order.side !== b.order.side || a.limitPrice === b.limitPrice) return 0;
  const cheaperFirst = a.limitPrice - b.limitPrice;
  return a.order.side === 'buy' ? -cheaperFirst : cheaperFirst;
}
