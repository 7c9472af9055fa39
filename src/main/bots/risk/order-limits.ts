import { type Decimal, type DecimalString, decimal, toDecimalString } from '#domain/decimal.ts';
import type { OrderDraft } from '#domain/order.ts';
import { weighingPrice } from '#domain/order-weight.ts';
import type { RiskLimits } from '#domain/risk-limits.ts';
import { type AccountHoldings, onlyReduces, quantityAfter } from './exposure.ts';

/** Where an order would come, as its limits see it. */
export interface OrderPlace {
  /** Of the account that it is for. */
  readonly holdings: AccountHoldings;
  /** Null while no price is known. */
  readonly markPrice: number | null;
  readonly currency: string;
  /** What others of the same scope hold already, in the quote currency. */
  readonly elsewhere: () => Decimal;
  readonly openOrders: number;
  readonly ordersLastMinute: number;
}

/**
 * Which limit keeps this order from being sent, and by how much; undefined where none does. An order
 * that can only reduce the position is held up by nothing but the rate.
 */
export function refusalByLimits(
  draft: OrderDraft,
  limits: RiskLimits,
  place: OrderPlace,
  /** In front of the limit's name: `global ` of the limits of all bots together. */
  scope = '',
): string | undefined {
  const byRate = refusalByRate(limits, place, scope);
  if (byRate !== undefined || draft.reduceOnly) return byRate;
  const byCount = refusalByCount(limits, place, scope);
  if (byCount !== undefined) return byCount;
  const { maxOrderValue, maxPositionValue } = limits;
  if (maxOrderValue === null && maxPositionValue === null) return undefined;
  const price = weighingPrice(draft, place.markPrice);
  if (price === null) return `no price is known yet to weigh the order's value by`;
  const { currency, holdings } = place;
  const exceeding = (what: string, value: Decimal, limit: DecimalString | null) =>
    limit !== null && value.gt(limit)
      ? tooMuch(`${scope}max ${what}`, value, limit, currency)
      : undefined;
  const orderValue = decimal(draft.quantity).times(price);
  const byOrder = exceeding('order value', orderValue, maxOrderValue);
  if (byOrder !== undefined || maxPositionValue === null) return byOrder;
  if (onlyReduces(draft, holdings)) return undefined;
  const positionValue = quantityAfter(draft, holdings).abs().times(price);
  return exceeding('position value', positionValue.plus(place.elsewhere()), maxPositionValue);
}

const refusalByRate = (
  { maxOrdersPerMinute }: RiskLimits,
  { ordersLastMinute }: OrderPlace,
  scope: string,
): string | undefined =>
  tooMany(`${scope}max orders a minute`, ordersLastMinute + 1, maxOrdersPerMinute);

const refusalByCount = (
  { maxOpenOrders }: RiskLimits,
  { openOrders }: OrderPlace,
  scope: string,
): string | undefined => tooMany(`${scope}max open orders`, openOrders + 1, maxOpenOrders);

const tooMany = (limit: string, count: number, most: number | null): string | undefined =>
  most !== null && count > most
    ? `${limit}: it would be ${count}, ${count - most} more than ${most}`
    : undefined;

function tooMuch(limit: string, value: Decimal, most: DecimalString, currency: string): string {
  const excess = toDecimalString(value.minus(most));
  return `${limit}: it would be ${toDecimalString(value)} ${currency}, ${excess} more than ${most}`;
}
