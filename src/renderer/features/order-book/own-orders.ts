import { type Decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { InstrumentId } from '#domain/instrument.ts';
import { isWaiting, type Order, remainingOf } from '#domain/order.ts';
import type { Side } from '#domain/side.ts';
import { type LadderOptions, rowPrice } from './ladder.ts';

/** What is still open of our own orders, by the ladder's row. */
export type OwnOrders = Readonly<Record<Side, ReadonlyMap<number, string>>>;

export const NO_OWN_ORDERS: OwnOrders = { buy: new Map(), sell: new Map() };

export function ownOrdersOf(
  orders: readonly Order[],
  instrumentId: InstrumentId,
  options: LadderOptions,
): OwnOrders {
  const open: Record<Side, Map<number, Decimal>> = { buy: new Map(), sell: new Map() };
  for (const order of orders) {
    if (order.instrumentId !== instrumentId || order.limitPrice === null) continue;
    if (isWaiting(order)) continue;
    const price = rowPrice(Number(order.limitPrice), order.side, options);
    const rows = open[order.side];
    rows.set(price, (rows.get(price) ?? ZERO).plus(remainingOf(order)));
  }
  return { buy: written(open.buy), sell: written(open.sell) };
}

const written = (rows: ReadonlyMap<number, Decimal>): Map<number, string> =>
  new Map([...rows].map(([price, quantity]) => [price, toDecimalString(quantity)]));
