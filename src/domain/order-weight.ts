import { type Decimal, type DecimalString, decimal, larger } from './decimal.ts';
import type { Order } from './order.ts';

/** An order, or the draft of one: what it says of prices. */
type Priced = Pick<Order, 'type' | 'side'> & {
  readonly limitPrice?: DecimalString | null;
  readonly triggerPrice?: DecimalString | null;
};

/**
 * The price that an order is weighed at, without sign: the dearest of those that it names, and of the
 * market's where it would trade at once, since a limit to sell far below the market is sold at the
 * market. Null for one that names none while no price is known.
 */
export function weighingPrice(order: Priced, markPrice: number | null): Decimal | null {
  const named = [order.limitPrice, order.triggerPrice].flatMap((text) =>
    typeof text === 'string' ? [decimal(text).abs()] : [],
  );
  if (markPrice !== null && (named.length === 0 || tradesAtOnce(order, markPrice))) {
    named.push(decimal(markPrice).abs());
  }
  return named.reduce<Decimal | null>(
    (most, price) => most && larger(most, price),
    named[0] ?? null,
  );
}

function tradesAtOnce({ type, side, limitPrice, triggerPrice }: Priced, markPrice: number) {
  if (type === 'limit') {
    return side === 'buy' ? markPrice <= Number(limitPrice) : markPrice >= Number(limitPrice);
  }
  if (type === 'stop') {
    return side === 'buy' ? markPrice >= Number(triggerPrice) : markPrice <= Number(triggerPrice);
  }
  // Where a stop-limit trades at once its own prices are around the market's.
  return false;
}
