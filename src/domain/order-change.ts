import { type DecimalString, decimal, toDecimalString } from './decimal.ts';
import { isWaiting, type Order, type OrderDraft, remainingOf } from './order.ts';

/** Other prices for an open order; what is left out stays. */
export interface OrderPrices {
  readonly limitPrice?: DecimalString | undefined;
  readonly triggerPrice?: DecimalString | undefined;
}

type PriceName = keyof OrderPrices;

/** The prices that can be changed: of a stop only while it waits, and never that of one that trails. */
function changeablePrices(order: Order): readonly PriceName[] {
  const waits = isWaiting(order);
  switch (order.type) {
    case 'limit':
      return ['limitPrice'];
    case 'stop':
      return waits ? ['triggerPrice'] : [];
    case 'stopLimit':
      return waits ? ['triggerPrice', 'limitPrice'] : ['limitPrice'];
    case 'market':
    case 'trailingStop':
      return [];
  }
}

/** The price that matters next: of an order that waits for its stop that one, else its limit. */
export const actingPrice = (order: Order): DecimalString | null =>
  isWaiting(order) ? order.triggerPrice : order.limitPrice;

/** What puts an order's acting price here, its limit as far from its trigger as before; null where nothing can. */
export function pricesAt(order: Order, price: DecimalString): OrderPrices | null {
  const { limitPrice, triggerPrice } = order;
  const names = changeablePrices(order);
  if (names.length === 0) return null;
  if (!isWaiting(order)) return { limitPrice: price };
  if (limitPrice === null || triggerPrice === null) return { triggerPrice: price };
  const apart = decimal(limitPrice).minus(triggerPrice);
  return { triggerPrice: price, limitPrice: toDecimalString(decimal(price).plus(apart)) };
}

/** The order at other prices; the name of a price that it has not, or that cannot be changed any more. */
export function repriced(order: Order, prices: OrderPrices): Order | PriceName {
  const changeable = changeablePrices(order);
  const names = (['limitPrice', 'triggerPrice'] as const).filter(
    (name) => prices[name] !== undefined,
  );
  const foreign = names.find((name) => !changeable.includes(name));
  if (foreign !== undefined) return foreign;
  const { limitPrice = order.limitPrice, triggerPrice = order.triggerPrice } = prices;
  return { ...order, limitPrice, triggerPrice };
}

/** What one would ask for to have what is left of an order. */
export function draftOfRest(order: Order): OrderDraft {
  const { side, reduceOnly, type, limitPrice, triggerPrice, trailingOffset } = order;
  const quantity = toDecimalString(remainingOf(order));
  const { postOnly, timeInForce } = order;
  const prices = { limitPrice, triggerPrice, trailingOffset };
  const stated = Object.entries(prices).filter(([, price]) => price !== null);
  const more = type === 'limit' ? { postOnly, timeInForce } : type === 'stopLimit' && { postOnly };
  // An order has the prices of its type, and no others.
  return { type, side, quantity, reduceOnly, ...Object.fromEntries(stated), ...more } as OrderDraft;
}
