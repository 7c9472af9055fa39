import type { Candle } from '#domain/candle.ts';

const levelsOf = ({ open, high, low, close }: Candle): readonly number[] => [
  open,
  high,
  low,
  close,
];

/** The bar's open, high, low or close that is nearest to a price. */
export const nearestLevel = (bar: Candle, price: number): number =>
  levelsOf(bar).reduce((best, level) =>
    Math.abs(level - price) < Math.abs(best - price) ? level : best,
  );

/** The bar's next level above (1) or below (−1) a price; the price itself where there is none. */
export function nextLevel(bar: Candle, price: number, direction: 1 | -1): number {
  const beyond = levelsOf(bar).filter((level) => (level - price) * direction > 0);
  if (beyond.length === 0) return price;
  return direction === 1 ? Math.min(...beyond) : Math.max(...beyond);
}
