import type { MarkedPosition } from '#contract/model.ts';
import { type Decimal, decimal, smaller, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { type Order, PLACED_BY_USER, remainingOf } from '#domain/order.ts';
import { actingPrice } from '#domain/order-change.ts';
import { formatMoney, formatQuantity } from '../../../ui/format.ts';
import { SIDE_ARROWS } from '../../../ui/side-arrow.ts';

type HeldPosition = Pick<MarkedPosition, 'instrumentId' | 'quantity' | 'averagePrice'>;

/** Of a bot what its orders are read from. */
export interface OrderHolder {
  readonly position: HeldPosition;
  readonly otherPositions: readonly HeldPosition[];
  readonly openOrders: readonly Order[];
}

/** An open order, and what its bot holds of the same instrument. */
export interface HeldOrder {
  readonly order: Order;
  readonly position: HeldPosition | undefined;
}

/** Placed by hand, at a price that it keeps until it is reached: the others are the strategies'. */
export const isMovable = ({ why, type }: Order): boolean =>
  why === PLACED_BY_USER && type !== 'market' && type !== 'trailingStop';

export const openOrdersOf = (
  bots: readonly OrderHolder[],
  instrumentId: InstrumentId,
): readonly HeldOrder[] =>
  bots.flatMap(({ position, otherPositions, openOrders }) => {
    const isHere = (one: { readonly instrumentId: InstrumentId }) =>
      one.instrumentId === instrumentId;
    const held = [position, ...otherPositions].find(isHere);
    return openOrders.filter(isHere).map((order) => ({ order, position: held }));
  });

/** What an order would win or lose at a price, fees aside; null of one that closes nothing. */
function outcomeOf({ order, position }: HeldOrder, moved: number | undefined): Decimal | null {
  const price = moved ?? actingPrice(order);
  if (price === null || !position || position.averagePrice === null) return null;
  const held = decimal(position.quantity);
  if (held.eq(ZERO) || held.gt(ZERO) === (order.side === 'buy')) return null;
  const won = decimal(price).minus(position.averagePrice);
  return smaller(remainingOf(order), held.abs()).times(held.gt(ZERO) ? won : won.neg());
}

/**
 * Of orders at one price and side: how much they are together, and what they would win or lose; `moved`:
 * at this price instead of their own.
 */
export function orderTitle(orders: readonly HeldOrder[], moved?: number): string {
  const open = orders.reduce((sum, { order }) => sum.plus(remainingOf(order)), decimal(0));
  const outcomes = orders.map((one) => outcomeOf(one, moved)).filter((one) => one !== null);
  const won = outcomes.reduce((sum, one) => sum.plus(one), decimal(0));
  const pnl = outcomes.length === 0 ? [] : [formatMoney(toDecimalString(won), { signed: true })];
  const side = orders[0]?.order.side ?? 'buy';
  return [SIDE_ARROWS[side], formatQuantity(toDecimalString(open)), ...pnl].join(' ');
}
