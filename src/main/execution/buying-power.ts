import {
  type Decimal,
  decimal,
  larger,
  negated,
  smaller,
  toDecimalString,
  ZERO,
} from '#domain/decimal.ts';
import { type Order, remainingOf } from '#domain/order.ts';
import { weighingPrice } from '#domain/order-weight.ts';
import type { Holdings } from './holdings.ts';

/** What has to be known to say whether an order can be paid for. */
export interface Purse {
  readonly holdings: Holdings;
  readonly openOrders: readonly Order[];
  readonly leverage: number;
  /** What one unit is worth now. */
  readonly markPrice: number;
  /** What a unit would cost now where the order takes what is offered; else null. */
  readonly offer: Decimal | null;
  readonly currency: string;
}

/**
 * Why there is too little to pay for `order`; undefined where there is enough.
 *
 * buying power = equity × leverage − value of the position − value of the open orders that add to it
 *
 * An order adds with what is left of it once it has closed a position of the other direction, and
 * buys and sells are taken apart: they cannot both come to add. What only reduces is never refused.
 */
export function fundsRefusal(order: Order, purse: Purse): string | undefined {
  const { holdings, openOrders, leverage, markPrice, offer, currency } = purse;
  const position = decimal(holdings.position.quantity);
  const held = order.side === 'buy' ? position : negated(position);
  const valueAt = (quantity: Decimal, one: Order) =>
    quantity.times(weighingPrice(one, markPrice) ?? ZERO).abs();
  let reached = held;
  let used = larger(held, ZERO).times(decimal(markPrice)).abs();
  for (const open of openOrders) {
    if (open.side !== order.side || open.reduceOnly) continue;
    const quantity = remainingOf(open);
    used = used.plus(valueAt(addedBy(quantity, reached), open));
    reached = reached.plus(quantity);
  }
  const added = addedBy(remainingOf(order), reached);
  const needed = larger(valueAt(added, order), added.times(offer ?? ZERO).abs());
  const available = holdings.equity(markPrice).times(decimal(leverage)).minus(used);
  if (needed.lte(ZERO) || needed.lte(available)) return undefined;
  const amount = (value: Decimal) => `${toDecimalString(value.round(8))} ${currency}`.trimEnd();
  return (
    `insufficient funds: it needs ${amount(needed)} of buying power, ` +
    `${amount(larger(available, ZERO))} is left: ${amount(needed.minus(larger(available, ZERO)))} too little`
  );
}

/** How much of a quantity goes beyond closing what is held in the other direction. */
const addedBy = (quantity: Decimal, held: Decimal): Decimal =>
  larger(smaller(quantity, held.plus(quantity)), ZERO);
