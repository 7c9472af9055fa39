import { type DecimalString, decimal, toDecimalString } from '#domain/decimal.ts';
import type { Order } from '#domain/order.ts';
import type { Side } from '#domain/side.ts';

/**
 * Where an order waits for the market: a buy stop for a trade at its price or above, a sell stop for
 * one at it or below. A trailing stop follows the best trade since it was accepted, at its offset.
 */
export class StopTrigger {
  readonly #side: Side;
  readonly #offset: DecimalString | null;
  /** The best trade that a trailing stop has seen; null before the first, and of other stops. */
  #best: number | null = null;
  #text: DecimalString | null;
  #price: number | null;

  constructor(order: Pick<Order, 'side' | 'triggerPrice' | 'trailingOffset'>) {
    const { side, triggerPrice, trailingOffset } = order;
    this.#side = side;
    this.#offset = trailingOffset;
    this.#text = triggerPrice;
    this.#price = triggerPrice === null ? null : Number(triggerPrice);
    if (triggerPrice === null || trailingOffset === null) return;
    const toBest = side === 'buy' ? decimal(trailingOffset).times(-1) : decimal(trailingOffset);
    this.#best = decimal(triggerPrice).plus(toBest).toNumber();
  }

  /** Null while a trailing stop has seen no trade. */
  get price(): DecimalString | null {
    return this.#text;
  }

  /** Trades strictly between the two neither reach nor move it. */
  get quiet(): { readonly above: number; readonly below: number } {
    const price = this.#price;
    if (price === null) return NEVER_QUIET;
    const far = this.#side === 'buy' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    const best = this.#offset === null ? far : (this.#best ?? far);
    return this.#side === 'buy' ? { above: best, below: price } : { above: price, below: best };
  }

  isReachedBy(price: number): boolean {
    if (this.#price === null) return false;
    return this.#side === 'buy' ? price >= this.#price : price <= this.#price;
  }

  /** Lets a trailing stop follow a trade; true where that moved it. */
  follow(price: number): boolean {
    if (this.#offset === null) return false;
    const isBetter =
      this.#best === null || (this.#side === 'buy' ? price < this.#best : price > this.#best);
    if (!isBetter) return false;
    this.#best = price;
    const offset = decimal(this.#offset);
    const best = decimal(price);
    this.#text = toDecimalString(this.#side === 'buy' ? best.plus(offset) : best.minus(offset));
    this.#price = Number(this.#text);
    return true;
  }
}

const NEVER_QUIET = { above: Number.POSITIVE_INFINITY, below: Number.NEGATIVE_INFINITY };
