import { type Decimal, decimal, roundDown, roundUp, smaller, ZERO } from '#domain/decimal.ts';
import { decimalsOf, type Instrument } from '#domain/instrument.ts';
import type { Order } from '#domain/order.ts';
import type { OrderBook } from '#domain/order-book.ts';
import type { Quote } from '#domain/quote.ts';
import { opposite, type Side } from '#domain/side.ts';
import type { Trade } from '#domain/trade.ts';

/** What the paper broker sees of the market. */
export interface MarketView {
  readonly book: Pick<OrderBook, 'isReady' | 'best' | 'level' | 'sizeAt'>;
  readonly quote: Quote | null;
  readonly lastTrade: Trade | null;
}

/** A part of an order that is executed at one price. */
export interface Execution {
  readonly quantity: Decimal;
  readonly price: Decimal;
}

/** Assumed where only the last trade is known: half a spread of 2 bps. */
const HALF_SPREAD_BPS = 1;
/** Assumed for what goes beyond the shown size where there is no book to walk. */
const SLIPPAGE_BPS = 2;

/** Best price resting on `side`: of the book where there is one, else of the quote. */
export function touchOf(market: MarketView, side: Side): number | undefined {
  if (market.book.isReady) return market.book.best(side)?.[0];
  if (!market.quote) return undefined;
  return side === 'buy' ? market.quote.bidPrice : market.quote.askPrice;
}

/** Whether an order of `side` at `limitPrice` could trade with someone resting at `price`. */
export const isCrossedBy = (side: Side, limitPrice: number, price: number): boolean =>
  side === 'buy' ? price <= limitPrice : price >= limitPrice;

/** What `order` can take from the market now, best price first; nothing where it must rest. */
export function takeLiquidity(
  order: Order,
  market: MarketView,
  instrument: Instrument,
): readonly Execution[] {
  const quantity = decimal(order.quantity).minus(order.filledQuantity);
  const limit = order.limitPrice === null ? null : Number(order.limitPrice);
  const isAllowed = (price: number) => limit === null || isCrossedBy(order.side, limit, price);
  if (market.book.isReady) return walkBook(market.book, order.side, quantity, isAllowed);
  return assumed(order.side, quantity, market, instrument).filter(({ price }) =>
    isAllowed(price.toNumber()),
  );
}

function walkBook(
  book: MarketView['book'],
  side: Side,
  quantity: Decimal,
  isAllowed: (price: number) => boolean,
): Execution[] {
  const executions: Execution[] = [];
  let remaining = quantity;
  for (let index = 0; remaining.gt(ZERO); index += 1) {
    const level = book.level(opposite(side), index);
    if (!level || !isAllowed(level[0])) break;
    const size = decimal(level[1]);
    const taken = smaller(size, remaining);
    executions.push({ quantity: taken, price: decimal(level[0]) });
    remaining = remaining.minus(taken);
  }
  return executions;
}

/** Without a book: the quote for the size that it shows, then worse; else the last trade, made worse. */
function assumed(
  side: Side,
  quantity: Decimal,
  { quote, lastTrade }: MarketView,
  instrument: Instrument,
): Execution[] {
  const worsened = (price: number, bps: number): Decimal => {
    const factor = 1 + (side === 'buy' ? bps : -bps) / 10_000;
    const decimals = decimalsOf(instrument.priceIncrement);
    const exact = decimal(price).times(decimal(factor));
    return side === 'buy' ? roundUp(exact, decimals) : roundDown(exact, decimals);
  };
  if (quote) {
    const [price, size] =
      side === 'buy' ? [quote.askPrice, quote.askSize] : [quote.bidPrice, quote.bidSize];
    const shown = smaller(decimal(size), quantity);
    const beyond = quantity.minus(shown);
    const executions = [
      { quantity: shown, price: decimal(price) },
      { quantity: beyond, price: worsened(price, SLIPPAGE_BPS) },
    ];
    return executions.filter((execution) => execution.quantity.gt(ZERO));
  }
  if (!lastTrade) return [];
  return [{ quantity, price: worsened(lastTrade.price, HALF_SPREAD_BPS) }];
}
