import type { OrderBook } from '#domain/order-book.ts';
import type { Side } from '#domain/side.ts';
import type { PriceWindow } from './price-window.ts';

/** Up to and including `price` so much rests. */
export interface DepthPoint {
  readonly price: number;
  readonly cumulative: number;
}

export interface DepthCurve {
  /** Best first; within the window only. */
  readonly bids: readonly DepthPoint[];
  readonly asks: readonly DepthPoint[];
  readonly maxCumulative: number;
}

export function depthCurve(book: OrderBook, window: PriceWindow): DepthCurve {
  const bids = pointsOf(book, 'buy', (price) => price >= window.low);
  const asks = pointsOf(book, 'sell', (price) => price <= window.high);
  const maxCumulative = Math.max(bids.at(-1)?.cumulative ?? 0, asks.at(-1)?.cumulative ?? 0);
  return { bids, asks, maxCumulative };
}

function pointsOf(
  book: OrderBook,
  side: Side,
  isWithin: (price: number) => boolean,
): readonly DepthPoint[] {
  const points: DepthPoint[] = [];
  let cumulative = 0;
  const depth = book.depth(side);
  for (let index = 0; index < depth; index++) {
    const level = book.level(side, index);
    if (level === undefined || !isWithin(level[0])) break;
    cumulative += level[1];
    points.push({ price: level[0], cumulative });
  }
  return points;
}

/** What one would get up to a price: of the bids below the middle, of the asks above it. */
export function depthAt(curve: DepthCurve, price: number): (DepthPoint & { side: Side }) | null {
  const bid = curve.bids.findLast((point) => point.price >= price);
  if (bid !== undefined) return { ...bid, price, side: 'buy' };
  const ask = curve.asks.findLast((point) => point.price <= price);
  return ask === undefined ? null : { ...ask, price, side: 'sell' };
}

/** Past so many levels a side rarely matters, and some exchanges tell thousands. */
const LEVELS_SHOWN = 60;

/** The least that is shown on either side of the middle, in price increments. */
const LEAST_HALF = 10;

/** What a picture of the book shows at least; null of an empty one. A side alone is a book, too. */
export function naturalFrame(
  book: OrderBook,
  priceIncrement: number,
): { readonly middle: number; readonly half: number } | null {
  const [bid, ask] = [book.best('buy')?.[0], book.best('sell')?.[0]];
  const [low, high] = [bid ?? ask, ask ?? bid];
  if (low === undefined || high === undefined) return null;
  const half = Math.max(naturalHalf(book), high - low, LEAST_HALF * priceIncrement);
  return { middle: (low + high) / 2, half };
}

/** Half of the prices that show the part of the book that matters; 0 where there is none. */
function naturalHalf(book: OrderBook): number {
  const reach = (side: Side): number => {
    const best = book.best(side);
    const last = book.level(side, Math.min(LEVELS_SHOWN, book.depth(side)) - 1);
    return best === undefined || last === undefined ? 0 : Math.abs(last[0] - best[0]);
  };
  return Math.max(reach('buy'), reach('sell')) * 1.1;
}
