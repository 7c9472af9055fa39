import { type Decimal, decimal, ZERO } from '#domain/decimal.ts';
import { type Order, type OrderDraft, remainingOf } from '#domain/order.ts';
import type { Position } from '#domain/position.ts';
import type { Side } from '#domain/side.ts';

/** What an account holds, and what its open orders may add to that. */
export interface AccountHoldings {
  readonly position: Pick<Position, 'quantity'>;
  readonly openOrders: readonly Order[];
}

const remainingOn = (side: Side, { openOrders }: AccountHoldings): Decimal =>
  openOrders.reduce<Decimal>(
    (sum, order) => (order.side === side && !order.reduceOnly ? sum.plus(remainingOf(order)) : sum),
    ZERO,
  );

const larger = (a: Decimal, b: Decimal): Decimal => (a.gt(b) ? a : b);

/** The largest quantity, long or short, that would be held were all orders of one side filled. */
export function exposedQuantity(holdings: AccountHoldings): Decimal {
  const held = decimal(holdings.position.quantity);
  const long = held.plus(remainingOn('buy', holdings));
  const short = held.minus(remainingOn('sell', holdings));
  return larger(long.abs(), short.abs());
}

/** The quantity that would be held were this order and all open ones of its side filled; signed. */
export function quantityAfter(draft: OrderDraft, holdings: AccountHoldings): Decimal {
  const held = decimal(holdings.position.quantity);
  const added = remainingOn(draft.side, holdings).plus(draft.quantity);
  return draft.side === 'buy' ? held.plus(added) : held.minus(added);
}

/** Whether an order can but make the position smaller, whatever else is filled before it. */
export function onlyReduces(draft: OrderDraft, holdings: AccountHoldings): boolean {
  if (draft.reduceOnly) return true;
  const held = decimal(holdings.position.quantity);
  const after = quantityAfter(draft, holdings);
  return after.times(held).gte(ZERO) && after.abs().lt(held.abs());
}
