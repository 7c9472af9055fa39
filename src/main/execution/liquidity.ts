import { ceilTo, type Decimal, decimal, floorTo, smaller, ZERO } from '#domain/decimal.ts';
import type { Instrument } from '#domain/instrument.ts';
import { quotient } from '#domain/quotient.ts';
import { opposite, type Side } from '#domain/side.ts';
import { levelsOf, type MarketView, sourceOf } from './market-view.ts';
import type { TakenLiquidity } from './taken-liquidity.ts';

/** A part of an order that is executed at one price. */
export interface Execution {
  readonly quantity: Decimal;
  readonly price: Decimal;
}

/** Where liquidity comes from, and what is assumed of it. */
export interface LiquiditySource {
  readonly market: MarketView;
  readonly taken: TakenLiquidity;
  readonly instrument: Instrument;
  /** How much worse a taker fares than the price that is known, where no book tells. */
  readonly slippageBps: number;
}

interface Wish {
  readonly side: Side;
  readonly quantity: Decimal;
  readonly isAllowed: (price: number) => boolean;
}

/** What others offer to who trades on a side: shown by the market, or assumed and without end. */
interface Offer {
  readonly price: number;
  readonly shown: number | null;
}

const ONE_BPS = decimal(0.0001);

/** Assumed where only the last trade is known: half a spread of 2 bps. */
const HALF_SPREAD_BPS = 1;

/** What can be taken now, best price first, at prices that are allowed; it is gone after that. */
export function takeLiquidity(wish: Wish, source: LiquiditySource): readonly Execution[] {
  const executions: Execution[] = [];
  let remaining = wish.quantity;
  for (const offer of offersTo(wish.side, source)) {
    if (remaining.lte(ZERO) || !wish.isAllowed(offer.price)) break;
    const quantity = takeOffer(offer, remaining, wish.side, source);
    if (quantity.lte(ZERO)) continue;
    executions.push({ quantity, price: decimal(offer.price) });
    remaining = remaining.minus(quantity);
  }
  return executions;
}

/** The price that one who trades on `side` now would get first; undefined where there is none. */
export function firstOfferTo(side: Side, source: LiquiditySource): number | undefined {
  for (const { price } of offersTo(side, source)) return price;
  return undefined;
}

/** What a unit costs on average of what one would get now who trades so much; undefined where that is nothing. */
export function averageOfferTo(
  side: Side,
  quantity: Decimal,
  source: LiquiditySource,
): Decimal | undefined {
  let [remaining, value] = [quantity, ZERO];
  for (const { price, shown } of offersTo(side, source)) {
    if (remaining.lte(ZERO)) break;
    const left = shown === null ? remaining : source.taken.left(opposite(side), price, shown);
    const got = smaller(left, remaining);
    value = value.plus(got.times(decimal(price)));
    remaining = remaining.minus(got);
  }
  const got = quantity.minus(remaining);
  return got.gt(ZERO) ? quotient(value, got) : undefined;
}

/** Whole lots of what is left of it, registered as taken. */
function takeOffer(
  { price, shown }: Offer,
  wanted: Decimal,
  side: Side,
  { taken, instrument }: LiquiditySource,
): Decimal {
  if (shown === null) return wanted;
  const resting = opposite(side);
  const left = smaller(taken.left(resting, price, shown), wanted);
  const quantity = left.lt(wanted) ? floorTo(left, instrument.sizeIncrement) : wanted;
  if (quantity.gt(ZERO)) taken.take(resting, price, shown, quantity);
  return quantity;
}

/** Best first: the book's levels; else the quote, and worse beyond it; else the last trade, made worse. */
function* offersTo(
  side: Side,
  { market, instrument, slippageBps }: LiquiditySource,
): Generator<Offer> {
  const source = sourceOf(market);
  const worsened = (price: number, bps: number): Offer => ({
    price: adverse(side, price, bps, instrument),
    shown: null,
  });
  if (source.kind === 'trades') {
    const { lastTrade } = source;
    if (lastTrade) yield worsened(lastTrade.price, HALF_SPREAD_BPS + slippageBps);
    return;
  }
  for (const [price, size] of levelsOf(source, opposite(side))) {
    if (size > 0) yield { price, shown: size };
    if (source.kind === 'quote') yield worsened(price, slippageBps);
  }
}

/** `price`, worse by so many basis points of its amount, at the next price that can be had. */
function adverse(side: Side, price: number, bps: number, { priceIncrement }: Instrument): number {
  const exact = decimal(price);
  const distance = exact.abs().times(decimal(bps)).times(ONE_BPS);
  const worse =
    side === 'buy'
      ? ceilTo(exact.plus(distance), priceIncrement)
      : floorTo(exact.minus(distance), priceIncrement);
  return worse.toNumber();
}
