import { decimal, toDecimalString, ZERO } from '#domain/decimal.ts';
import type { Instrument } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import { fundsRefusal } from './buying-power.ts';
import type { Holdings } from './holdings.ts';
import { averageOfferTo, firstOfferTo, type LiquiditySource } from './liquidity.ts';
import { markOf, reaches } from './market-view.ts';
import type { PaperTerms } from './paper-terms.ts';

export interface Circumstances extends LiquiditySource {
  readonly instrument: Instrument;
  readonly holdings: Holdings;
  readonly openOrders: readonly Order[];
  readonly terms: PaperTerms;
}

/** Why the exchange does not take an order as things are when it comes; undefined where it does. */
export const arrivalRefusal = (order: Order, at: Circumstances): string | undefined =>
  reduceRefusal(order, at.holdings) ??
  notionalRefusal(order, at) ??
  (order.type === 'limit' ? postOnlyRefusal(order, at) : undefined) ??
  powerRefusal(order, at);

function reduceRefusal(order: Order, holdings: Holdings): string | undefined {
  if (!order.reduceOnly || holdings.reducible(order.side).gt(ZERO)) return undefined;
  const held = order.side === 'sell' ? 'long' : 'short';
  return `reduce-only, and there is no ${held} position`;
}

/** Who closes what is left of a position may do so however little it is worth. */
function notionalRefusal(order: Order, { market, instrument }: Circumstances): string | undefined {
  const { minNotional, quote } = instrument;
  const price = order.limitPrice ?? order.triggerPrice ?? markOf(market);
  if (minNotional === null || order.reduceOnly || price === null) return undefined;
  const value = decimal(order.quantity).times(decimal(price)).abs();
  const missing = decimal(minNotional).minus(value);
  if (missing.lte(ZERO)) return undefined;
  const [of, least, less] = [value, decimal(minNotional), missing].map(toDecimalString);
  return `its value of ${of} ${quote} is ${less} below the least of ${least} ${quote}`;
}

/** Of an order that would trade at once, where it must not. */
export function postOnlyRefusal(order: Order, source: LiquiditySource): string | undefined {
  if (!order.postOnly || order.limitPrice === null) return undefined;
  const offer = firstOfferTo(order.side, source);
  if (offer === undefined || !reaches(order.side, Number(order.limitPrice), offer))
    return undefined;
  const resting = order.side === 'buy' ? 'an ask' : 'a bid';
  return `post-only, and it would ${order.side} at once from ${resting} at ${offer}`;
}

function powerRefusal(order: Order, at: Circumstances): string | undefined {
  if (order.reduceOnly) return undefined;
  const { holdings, openOrders, terms, market, instrument } = at;
  const markPrice = markOf(market) ?? Number(order.limitPrice ?? order.triggerPrice ?? Number.NaN);
  if (Number.isNaN(markPrice)) return undefined;
  const { leverage } = terms;
  const quantity = decimal(order.quantity);
  const offer = order.type === 'market' ? averageOfferTo(order.side, quantity, at) : undefined;
  return fundsRefusal(order, {
    ...{ holdings, openOrders, leverage, markPrice, currency: instrument.quote },
    offer: offer ?? null,
  });
}
