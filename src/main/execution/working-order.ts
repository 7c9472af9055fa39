import type { Decimal } from '#domain/decimal.ts';
import { isWaiting, type Order } from '#domain/order.ts';
import { opposite } from '#domain/side.ts';
import type { Trade } from '#domain/trade.ts';
import type { EpochMs } from '#domain/units.ts';
import { isBetter, type Source, shownAt, shownTimeOf } from './market-view.ts';
import { QueuePosition } from './queue-position.ts';
import { StopTrigger } from './stop-trigger.ts';

/** Prices between which no trade concerns an order; both ends do. */
export interface QuietRange {
  readonly above: number;
  readonly below: number;
}

/** An order that the exchange has accepted and that is open: it waits for its stop, or rests in the book. */
export class WorkingOrder {
  order: Order;
  /** NaN where there is none. */
  readonly limitPrice: number;
  /** Null of an order that rests. */
  readonly stop: StopTrigger | null;
  readonly queue: QueuePosition;
  /** When it was last told where a trailing stop stands, market time. */
  trailToldTime: EpochMs;
  /**
   * The market's newest trade when it came, by the exchange's clock, or else the time: what traded before is none of
   * its business.
   */
  since = Number.NEGATIVE_INFINITY;

  constructor(order: Order, trailToldTime: EpochMs, queue = QueuePosition.unknown()) {
    this.order = order;
    this.limitPrice = order.limitPrice === null ? Number.NaN : Number(order.limitPrice);
    this.stop = isWaiting(order) ? new StopTrigger(order) : null;
    this.queue = queue;
    this.trailToldTime = trailToldTime;
  }

  get quiet(): QuietRange {
    if (this.stop) return this.stop.quiet;
    return this.order.side === 'buy'
      ? { above: this.limitPrice, below: Number.POSITIVE_INFINITY }
      : { above: Number.NEGATIVE_INFINITY, below: this.limitPrice };
  }

  /** A print beyond our price: everything at our price must have been filled. */
  isTradedThrough(price: number): boolean {
    return isBetter(this.order.side, this.limitPrice, price);
  }

  /** What of a print comes past the queue to us; null where nothing can, or nobody knows. */
  pass(trade: Trade): Decimal | null {
    const isOurs =
      trade.price === this.limitPrice && trade.aggressorSide === opposite(this.order.side);
    return isOurs ? this.queue.pass(trade) : null;
  }

  /** Sees how much is shown at our price. */
  look(source: Source): void {
    const shown = shownAt(source, this.order.side, this.limitPrice);
    if (shown !== null) this.queue.show(shown, shownTimeOf(source));
  }

  /** Lets a trailing stop follow a trade; true where that moved it. */
  follow(price: number): boolean {
    if (!this.stop?.follow(price)) return false;
    this.order = { ...this.order, triggerPrice: this.stop.price };
    return true;
  }
}

/** Sorts buys by the highest price, sells by the lowest; the two sides do not compete. */
export function comparePriority(a: WorkingOrder, b: WorkingOrder): number {
  if (a.order.side !== b.order.side || a.limitPrice === b.limitPrice) return 0;
  return isBetter(a.order.side, a.limitPrice, b.limitPrice) ? -1 : 1;
}
