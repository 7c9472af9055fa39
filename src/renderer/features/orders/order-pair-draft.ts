import type { RequestInput } from '#contract/requests.ts';
import {
  type Decimal,
  type DecimalString,
  decimal,
  toDecimalString,
  ZERO,
} from '#domain/decimal.ts';
import type { Position } from '#domain/position.ts';
import { opposite, type Side } from '#domain/side.ts';
import {
  type Figure,
  type OrderForm,
  PAIR_TYPES,
  type PairType,
  type SomeForm,
} from './order-figures.ts';

export type PairForm = SomeForm<PairType>;

export const isPair = (form: OrderForm): form is PairForm =>
  PAIR_TYPES.some((type) => type === form.type);

interface Leg {
  readonly type: 'limit' | 'stop';
  readonly side: Side;
  /** The figure that is its price. */
  readonly price: Figure;
}

/** The one above the price of the market first. */
function legsOf({ type, side }: Pick<PairForm, 'type' | 'side'>): readonly [Leg, Leg] {
  switch (type) {
    case 'oco': {
      const limit: Leg = { type: 'limit', side, price: 'limitPrice' };
      const stop: Leg = { type: 'stop', side, price: 'triggerPrice' };
      return side === 'sell' ? [limit, stop] : [stop, limit];
    }
    case 'breakout':
      return [
        { type: 'stop', side: 'buy', price: 'abovePrice' },
        { type: 'stop', side: 'sell', price: 'belowPrice' },
      ];
    case 'range':
      return [
        { type: 'limit', side: 'sell', price: 'abovePrice' },
        { type: 'limit', side: 'buy', price: 'belowPrice' },
      ];
  }
}

/** Which of two prices lies on the wrong side of the other, and how; null where neither does. */
export function misplacedPrice(form: PairForm): readonly [Figure, 'notAbove' | 'notBelow'] | null {
  const [above, below] = legsOf(form);
  if (priceIn(form, above).gt(priceIn(form, below))) return null;
  // Of a limit and its stop the stop is named: it is the one that would act.
  return above.price === 'triggerPrice' ? [above.price, 'notAbove'] : [below.price, 'notBelow'];
}

const priceIn = (form: PairForm, { price }: Leg): Decimal =>
  decimal(form[price].trim() as DecimalString);

/** The form as the hub takes it. Only of one without problems. */
export function pairRequestOf(form: PairForm): RequestInput<'orders.placePair'> {
  const { botId, type, reduceOnly } = form;
  const quantity = form.quantity.trim() as DecimalString;
  const orderOf = (leg: Leg): RequestInput<'orders.placePair'>['orders'][0] => {
    const price = form[leg.price].trim() as DecimalString;
    return {
      ...{ type: leg.type, side: leg.side, quantity },
      ...(leg.type === 'limit' ? { limitPrice: price } : { triggerPrice: price }),
      ...(type === 'oco' && reduceOnly && { reduceOnly }),
    };
  };
  const [above, below] = legsOf(form);
  return { botId, orders: [orderOf(above), orderOf(below)] };
}

/** What a pair that closes this position has in its form; nothing where there is none. */
export function exitOf({ quantity }: Pick<Position, 'quantity'>): Partial<OrderForm> {
  const held = decimal(quantity);
  if (held.eq(ZERO)) return {};
  const side = opposite(held.gt(ZERO) ? 'buy' : 'sell');
  return { side, quantity: toDecimalString(held.abs()), reduceOnly: true };
}
